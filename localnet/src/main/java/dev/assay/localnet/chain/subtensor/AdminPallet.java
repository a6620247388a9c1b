package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.I16;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.U8;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.storage.SubtensorError;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code AdminUtils}: a subnet's owner or the root sets its hyperparameters. The real pallet's
 * freeze window and rate limit of owners are left out, so that a test can change what it needs at
 * any time.
 */
public final class AdminPallet {
  static final int INDEX = 19;

  private static final int MAX_UIDS = 256;
  private static final long MAX_REVEAL_PERIOD = 100;
  private static final long MAX_BONDS_MOVING_AVERAGE = 975_000;
  private static final int LEAST_ALPHA = 65_535 / 40;
  private static final Field<Integer> ALPHA_LOW = field("alpha_low", U16);
  private static final Field<Integer> ALPHA_HIGH = field("alpha_high", U16);

  private AdminPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    List<Call> calls = new ArrayList<>();
    setters().forEach(setter -> calls.add(setter.call()));
    calls.add(stakeThreshold());
    calls.add(emissionSplit());
    calls.add(
        Call.paid(
            51,
            "sudo_set_alpha_values",
            AdminSetter.WEIGHT,
            AdminPallet::setAlphaValues,
            AdminSetter.NETUID,
            ALPHA_LOW,
            ALPHA_HIGH));
    return new Pallet(
        "AdminUtils",
        INDEX,
        "pallet_admin_utils",
        1,
        List.of(),
        calls,
        List.of(),
        List.of(AdminError.values()),
        List.of());
  }

  private static List<AdminSetter<?>> setters() {
    return List.of(
        AdminSetter.of(3, "serving_rate_limit", U64, Hyperparameters.SERVING_RATE_LIMIT)
            .telling(SubtensorEvents.SERVING_RATE_LIMIT_SET),
        AdminSetter.of(6, "weights_version_key", U64, Hyperparameters.WEIGHTS_VERSION_KEY)
            .telling(SubtensorEvents.WEIGHTS_VERSION_KEY_SET),
        AdminSetter.of(7, "weights_set_rate_limit", U64, Hyperparameters.WEIGHTS_SET_RATE_LIMIT)
            .telling(SubtensorEvents.WEIGHTS_SET_RATE_LIMIT_SET),
        AdminSetter.of(13, "immunity_period", U16, Hyperparameters.IMMUNITY_PERIOD)
            .telling(SubtensorEvents.IMMUNITY_PERIOD_SET),
        AdminSetter.of(14, "min_allowed_weights", U16, Hyperparameters.MIN_ALLOWED_WEIGHTS)
            .telling(SubtensorEvents.MIN_ALLOWED_WEIGHT_SET),
        AdminSetter.of(15, "max_allowed_uids", U16, Hyperparameters.MAX_ALLOWED_UIDS)
            .telling(SubtensorEvents.MAX_ALLOWED_UIDS_SET)
            .checking(AdminPallet::maxUids),
        AdminSetter.of(16, "kappa", U16, Hyperparameters.KAPPA).telling(SubtensorEvents.KAPPA_SET),
        AdminSetter.of(
                19,
                "network_registration_allowed",
                BOOL,
                Hyperparameters.NETWORK_REGISTRATION_ALLOWED)
            .taking("registration_allowed")
            .telling(SubtensorEvents.REGISTRATION_ALLOWED),
        AdminSetter.of(25, "max_allowed_validators", U16, Hyperparameters.MAX_ALLOWED_VALIDATORS)
            .telling(SubtensorEvents.MAX_ALLOWED_VALIDATORS_SET)
            .checking(AdminPallet::maxValidators),
        AdminSetter.of(26, "bonds_moving_average", U64, Hyperparameters.BONDS_MOVING_AVERAGE)
            .telling(SubtensorEvents.BONDS_MOVING_AVERAGE_SET)
            .checking(AdminPallet::bondsMovingAverage),
        AdminSetter.of(30, "tempo", U16, Hyperparameters.TEMPO).telling(SubtensorEvents.TEMPO_SET),
        AdminSetter.of(
                49,
                "commit_reveal_weights_enabled",
                BOOL,
                Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED)
            .taking("enabled")
            .telling(SubtensorEvents.COMMIT_REVEAL_ENABLED),
        AdminSetter.of(50, "liquid_alpha_enabled", BOOL, Hyperparameters.LIQUID_ALPHA_ON)
            .taking("enabled"),
        AdminSetter.of(
                57, "commit_reveal_weights_interval", U64, Hyperparameters.REVEAL_PERIOD_EPOCHS)
            .taking("interval")
            .telling(SubtensorEvents.COMMIT_REVEAL_PERIODS_SET)
            .checking(AdminPallet::revealPeriod),
        AdminSetter.of(60, "bonds_penalty", U16, Hyperparameters.BONDS_PENALTY)
            .telling(SubtensorEvents.BONDS_PENALTY_SET),
        AdminSetter.of(68, "alpha_sigmoid_steepness", I16, Hyperparameters.ALPHA_SIGMOID_STEEPNESS)
            .taking("steepness")
            .telling(SubtensorEvents.ALPHA_SIGMOID_STEEPNESS_SET)
            .checking(AdminPallet::steepness),
        AdminSetter.of(69, "yuma3_enabled", BOOL, Hyperparameters.YUMA3_ON).taking("enabled"),
        AdminSetter.of(76, "mechanism_count", U8, Hyperparameters.MECHANISM_COUNT_CURRENT)
            .checking(AdminPallet::mechanismCount));
  }

  private static void setAlphaValues(Context context, Arguments arguments) {
    int netuid = arguments.get(AdminSetter.NETUID);
    int low = arguments.get(ALPHA_LOW);
    int high = arguments.get(ALPHA_HIGH);
    AdminSetter.ensureOwnerOrRoot(context, netuid);
    SubtensorError.LIQUID_ALPHA_DISABLED.unless(
        context.storage().get(Hyperparameters.LIQUID_ALPHA_ON.at(netuid)));
    SubtensorError.ALPHA_HIGH_TOO_LOW.unless(high >= LEAST_ALPHA);
    SubtensorError.ALPHA_LOW_OUT_OF_RANGE.unless(low >= LEAST_ALPHA && low <= high);
    context.storage().put(Hyperparameters.ALPHA_VALUES.at(netuid), new Pair<>(low, high));
  }

  private static void steepness(Context context, int netuid, int value) {
    AdminError.NEGATIVE_SIGMOID_STEEPNESS.unless(context.origin().root() || value >= 0);
  }

  private static void maxUids(Context context, int netuid, int value) {
    AdminError.MAX_ALLOWED_U_IDS_LESS_THAN_CURRENT_U_IDS.unless(
        value > context.storage().get(Subnets.SUBNETWORK_N.at(netuid)) && value <= MAX_UIDS);
  }

  private static void maxValidators(Context context, int netuid, int value) {
    AdminError.MAX_VALIDATORS_LARGER_THAN_MAX_U_IDS.unless(
        value <= context.storage().get(Hyperparameters.MAX_ALLOWED_UIDS.at(netuid)));
  }

  private static void bondsMovingAverage(Context context, int netuid, long value) {
    AdminError.BONDS_MOVING_AVERAGE_MAX_REACHED.unless(
        Long.compareUnsigned(value, MAX_BONDS_MOVING_AVERAGE) <= 0);
  }

  private static void revealPeriod(Context context, int netuid, long value) {
    SubtensorError.REVEAL_PERIOD_TOO_LARGE.unless(
        Long.compareUnsigned(value, MAX_REVEAL_PERIOD) <= 0);
    SubtensorError.REVEAL_PERIOD_TOO_SMALL.unless(value >= 1);
  }

  private static void mechanismCount(Context context, int netuid, int value) {
    SubtensorError.INVALID_VALUE.unless(
        value > 0 && value <= context.storage().get(Hyperparameters.MAX_MECHANISM_COUNT.key()));
    int uids = context.storage().get(Hyperparameters.MAX_ALLOWED_UIDS.at(netuid));
    SubtensorError.TOO_MANY_U_I_DS_PER_MECHANISM.unless(value * uids <= MAX_UIDS);
  }

  private static Call emissionSplit() {
    Field<Optional<List<Integer>>> split = field("maybe_split", Shapes.option(Shapes.vec(U16)));
    return Call.paid(
        77,
        "sudo_set_mechanism_emission_split",
        AdminSetter.WEIGHT,
        (context, arguments) -> {
          int netuid = arguments.get(AdminSetter.NETUID);
          AdminSetter.ensureOwnerOrRoot(context, netuid);
          Mechanisms.split(context.storage(), netuid, arguments.get(split));
        },
        AdminSetter.NETUID,
        split);
  }

  private static Call stakeThreshold() {
    Field<Long> minimum = field("min_stake", U64);
    return Call.paid(
        42,
        "sudo_set_stake_threshold",
        AdminSetter.WEIGHT,
        (context, arguments) -> {
          context.ensureRoot();
          long stake = arguments.get(minimum);
          context.storage().put(Hyperparameters.STAKE_THRESHOLD.key(), stake);
          context.deposit(SubtensorEvents.STAKE_THRESHOLD_SET, stake);
        },
        minimum);
  }
}
