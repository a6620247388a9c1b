package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.U8;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.PalletError;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code AdminUtils}: a subnet's owner or the root sets its hyperparameters. The real pallet's
 * freeze window and rate limit of owners are left out, so that a test can change what it needs at
 * any time.
 */
public final class AdminPallet {
  private static final int INDEX = 19;
  private static final long WEIGHT = 26_730_000;
  private static final Field<Integer> NETUID = field("netuid", U16);

  private enum Problem implements PalletError {
    SUBNET_DOES_NOT_EXIST(0),
    MAX_VALIDATORS_LARGER_THAN_MAX_U_IDS(1),
    MAX_ALLOWED_U_IDS_LESS_THAN_CURRENT_U_IDS(2),
    BONDS_MOVING_AVERAGE_MAX_REACHED(3);

    private final int index;

    Problem(int index) {
      this.index = index;
    }

    @Override
    public int pallet() {
      return INDEX;
    }

    @Override
    public int index() {
      return index;
    }
  }

  private static final int MAX_UIDS = 256;
  private static final long MAX_REVEAL_PERIOD = 100;
  private static final long MAX_BONDS_MOVING_AVERAGE = 975_000;

  /** What a value must be beyond its type. */
  @FunctionalInterface
  private interface Rule<T> {
    void check(Storage storage, int netuid, T value);
  }

  private AdminPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    List<Call> calls = new ArrayList<>();
    calls.add(
        set(
            3,
            "serving_rate_limit",
            U64,
            Hyperparameters.SERVING_RATE_LIMIT,
            SubtensorEvents.SERVING_RATE_LIMIT_SET));
    calls.add(
        set(
            6,
            "weights_version_key",
            U64,
            Hyperparameters.WEIGHTS_VERSION_KEY,
            SubtensorEvents.WEIGHTS_VERSION_KEY_SET));
    calls.add(
        set(
            7,
            "weights_set_rate_limit",
            U64,
            Hyperparameters.WEIGHTS_SET_RATE_LIMIT,
            SubtensorEvents.WEIGHTS_SET_RATE_LIMIT_SET));
    calls.add(
        set(
            13,
            "immunity_period",
            U16,
            Hyperparameters.IMMUNITY_PERIOD,
            SubtensorEvents.IMMUNITY_PERIOD_SET));
    calls.add(
        set(
            14,
            "min_allowed_weights",
            U16,
            Hyperparameters.MIN_ALLOWED_WEIGHTS,
            SubtensorEvents.MIN_ALLOWED_WEIGHT_SET));
    calls.add(
        set(
            15,
            "max_allowed_uids",
            "max_allowed_uids",
            U16,
            Hyperparameters.MAX_ALLOWED_UIDS,
            Optional.of(SubtensorEvents.MAX_ALLOWED_UIDS_SET),
            AdminPallet::maxUids));
    calls.add(set(16, "kappa", U16, Hyperparameters.KAPPA, SubtensorEvents.KAPPA_SET));
    calls.add(
        set(
            19,
            "network_registration_allowed",
            "registration_allowed",
            BOOL,
            Hyperparameters.NETWORK_REGISTRATION_ALLOWED,
            Optional.of(SubtensorEvents.REGISTRATION_ALLOWED)));
    calls.add(
        set(
            25,
            "max_allowed_validators",
            "max_allowed_validators",
            U16,
            Hyperparameters.MAX_ALLOWED_VALIDATORS,
            Optional.of(SubtensorEvents.MAX_ALLOWED_VALIDATORS_SET),
            AdminPallet::maxValidators));
    calls.add(
        set(
            26,
            "bonds_moving_average",
            "bonds_moving_average",
            U64,
            Hyperparameters.BONDS_MOVING_AVERAGE,
            Optional.of(SubtensorEvents.BONDS_MOVING_AVERAGE_SET),
            AdminPallet::bondsMovingAverage));
    calls.add(
        set(
            60,
            "bonds_penalty",
            U16,
            Hyperparameters.BONDS_PENALTY,
            SubtensorEvents.BONDS_PENALTY_SET));
    calls.add(set(30, "tempo", U16, Hyperparameters.TEMPO, SubtensorEvents.TEMPO_SET));
    calls.add(stakeThreshold());
    calls.add(
        set(
            49,
            "commit_reveal_weights_enabled",
            "enabled",
            BOOL,
            Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED,
            Optional.of(SubtensorEvents.COMMIT_REVEAL_ENABLED)));
    calls.add(
        set(
            50,
            "liquid_alpha_enabled",
            "enabled",
            BOOL,
            Hyperparameters.LIQUID_ALPHA_ON,
            Optional.empty()));
    calls.add(
        set(
            57,
            "commit_reveal_weights_interval",
            "interval",
            U64,
            Hyperparameters.REVEAL_PERIOD_EPOCHS,
            Optional.of(SubtensorEvents.COMMIT_REVEAL_PERIODS_SET),
            AdminPallet::revealPeriod));
    calls.add(
        set(69, "yuma3_enabled", "enabled", BOOL, Hyperparameters.YUMA3_ON, Optional.empty()));
    calls.add(
        set(
            76,
            "mechanism_count",
            "mechanism_count",
            U8,
            Hyperparameters.MECHANISM_COUNT_CURRENT,
            Optional.empty(),
            AdminPallet::mechanismCount));
    return new Pallet(
        "AdminUtils",
        INDEX,
        "pallet_admin_utils",
        1,
        List.of(),
        calls,
        List.of(),
        List.of(Problem.values()),
        List.of());
  }

  private static <T> Call set(
      int index, String name, Shape<T> shape, SingleMap<Integer, T> item, EventType event) {
    return set(index, name, name, shape, item, Optional.of(event));
  }

  private static <T> Call set(
      int index,
      String name,
      String argument,
      Shape<T> shape,
      SingleMap<Integer, T> item,
      Optional<EventType> event) {
    return set(index, name, argument, shape, item, event, (storage, netuid, value) -> {});
  }

  private static <T> Call set(
      int index,
      String name,
      String argument,
      Shape<T> shape,
      SingleMap<Integer, T> item,
      Optional<EventType> event,
      Rule<T> rule) {
    Field<T> field = field(argument, shape);
    return Call.paid(
        index,
        "sudo_set_" + name,
        WEIGHT,
        (context, arguments) -> set(context, arguments, field, item, event, rule),
        NETUID,
        field);
  }

  private static <T> void set(
      Context context,
      Arguments arguments,
      Field<T> field,
      SingleMap<Integer, T> item,
      Optional<EventType> event,
      Rule<T> rule) {
    int netuid = arguments.get(NETUID);
    Storage storage = context.storage();
    if (!context.origin().root()) {
      SubtensorError.NOT_SUBNET_OWNER.unless(
          storage.get(Subnets.SUBNET_OWNER.at(netuid)).equals(context.signer()));
    }
    Problem.SUBNET_DOES_NOT_EXIST.unless(Mechanisms.exists(storage, netuid));
    T value = arguments.get(field);
    rule.check(storage, netuid, value);
    storage.put(item.at(netuid), value);
    event.ifPresent(type -> context.deposit(type, netuid, value));
  }

  private static void maxUids(Storage storage, int netuid, int value) {
    Problem.MAX_ALLOWED_U_IDS_LESS_THAN_CURRENT_U_IDS.unless(
        value > storage.get(Subnets.SUBNETWORK_N.at(netuid)) && value <= MAX_UIDS);
  }

  private static void maxValidators(Storage storage, int netuid, int value) {
    Problem.MAX_VALIDATORS_LARGER_THAN_MAX_U_IDS.unless(
        value <= storage.get(Hyperparameters.MAX_ALLOWED_UIDS.at(netuid)));
  }

  private static void bondsMovingAverage(Storage storage, int netuid, long value) {
    Problem.BONDS_MOVING_AVERAGE_MAX_REACHED.unless(
        Long.compareUnsigned(value, MAX_BONDS_MOVING_AVERAGE) <= 0);
  }

  private static void revealPeriod(Storage storage, int netuid, long value) {
    SubtensorError.REVEAL_PERIOD_TOO_LARGE.unless(
        Long.compareUnsigned(value, MAX_REVEAL_PERIOD) <= 0);
    SubtensorError.REVEAL_PERIOD_TOO_SMALL.unless(value >= 1);
  }

  private static void mechanismCount(Storage storage, int netuid, int value) {
    SubtensorError.INVALID_VALUE.unless(
        value > 0 && value <= storage.get(Hyperparameters.MAX_MECHANISM_COUNT.key()));
    int uids = storage.get(Hyperparameters.MAX_ALLOWED_UIDS.at(netuid));
    SubtensorError.TOO_MANY_U_I_DS_PER_MECHANISM.unless(value * uids <= MAX_UIDS);
  }

  private static Call stakeThreshold() {
    Field<Long> minimum = field("min_stake", U64);
    return Call.paid(
        42,
        "sudo_set_stake_threshold",
        WEIGHT,
        (context, arguments) -> {
          context.ensureRoot();
          long stake = arguments.get(minimum);
          context.storage().put(Hyperparameters.STAKE_THRESHOLD.key(), stake);
          context.deposit(SubtensorEvents.STAKE_THRESHOLD_SET, stake);
        },
        minimum);
  }
}
