package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U128;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;
import static dev.assay.localnet.chain.metadata.Shapes.option;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The metagraph's columns in the order in which the chain numbers them (metagraph.rs). */
final class MetagraphColumns {
  private static final Shape<List<Integer>> NAME = vec(Shapes.COMPACT_U8);
  private static final Shape<List<Pair<AccountId, Long>>> PER_HOTKEY =
      vec(Shapes.pair(ACCOUNT, COMPACT_U64));

  private MetagraphColumns() {}

  static Columns<SubnetView> metagraph() {
    return columns("Metagraph");
  }

  /** The same and two more, which only a selection can have. */
  static Columns<SubnetView> selectable() {
    return columns("SelectiveMetagraph")
        .add("validators", vec(COMPACT_U16), MetagraphColumns::validators)
        .add("commitments", vec(Shapes.pair(ACCOUNT, NAME)), MetagraphColumns::commitments);
  }

  private static Columns<SubnetView> columns(String name) {
    Columns<SubnetView> columns =
        new Columns<>("pallet_subtensor::rpc_info::metagraph::" + name, true);
    ofSubnet(columns);
    ofHyperparameters(columns);
    ofNeurons(columns);
    return columns;
  }

  private static void ofSubnet(Columns<SubnetView> columns) {
    columns
        .add("netuid", COMPACT_U16, SubnetView::netuid)
        .add("name", NAME, MetagraphColumns::name)
        .add("symbol", NAME, view -> bytes(view.get(Subnets.TOKEN_SYMBOL)))
        .add(
            "identity",
            option(SubnetIdentity.SHAPE),
            view -> view.storage().find(Subnets.SUBNET_IDENTITIES.at(view.netuid())))
        .add("network_registered_at", COMPACT_U64, view -> view.get(Subnets.NETWORK_REGISTERED_AT))
        .add("owner_hotkey", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER_HOTKEY))
        .add("owner_coldkey", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER))
        .add("block", COMPACT_U64, SubnetView::block)
        .add("tempo", COMPACT_U16, view -> view.get(Hyperparameters.TEMPO))
        .add("last_step", COMPACT_U64, view -> view.get(Subnets.LAST_MECHANSIM_STEP_BLOCK))
        .add(
            "blocks_since_last_step",
            COMPACT_U64,
            view -> view.block() - view.get(Subnets.LAST_MECHANSIM_STEP_BLOCK))
        .add("subnet_emission", COMPACT_U64, view -> 0L)
        .add("alpha_in", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_IN))
        .add("alpha_out", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_OUT))
        .add("tao_in", COMPACT_U64, view -> view.get(Subnets.SUBNET_TAO))
        .add("alpha_out_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_OUT_EMISSION))
        .add("alpha_in_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_IN_EMISSION))
        .add("tao_in_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_TAO_IN_EMISSION))
        .add("pending_alpha_emission", COMPACT_U64, MetagraphColumns::pending)
        .add("pending_root_emission", COMPACT_U64, view -> 0L)
        .add("subnet_volume", COMPACT_U128, view -> view.get(Subnets.SUBNET_VOLUME))
        .add("moving_price", FixedPoint.I96F32, view -> view.get(Subnets.SUBNET_MOVING_PRICE));
  }

  private static void ofHyperparameters(Columns<SubnetView> columns) {
    columns
        .add("rho", COMPACT_U16, view -> view.get(Hyperparameters.RHO))
        .add("kappa", COMPACT_U16, view -> view.get(Hyperparameters.KAPPA))
        .add(
            "min_allowed_weights",
            COMPACT_U16,
            view -> view.get(Hyperparameters.MIN_ALLOWED_WEIGHTS))
        .add("max_weights_limit", COMPACT_U16, view -> view.get(Hyperparameters.MAX_WEIGHTS_LIMIT))
        .add("weights_version", COMPACT_U64, view -> view.get(Hyperparameters.WEIGHTS_VERSION_KEY))
        .add(
            "weights_rate_limit",
            COMPACT_U64,
            view -> view.get(Hyperparameters.WEIGHTS_SET_RATE_LIMIT))
        .add(
            "activity_cutoff",
            COMPACT_U16,
            view -> (int) Epoch.activityCutoff(view.storage(), view.netuid()))
        .add(
            "max_validators", COMPACT_U16, view -> view.get(Hyperparameters.MAX_ALLOWED_VALIDATORS))
        .add("num_uids", COMPACT_U16, view -> view.hotkeys().size())
        .add("max_uids", COMPACT_U16, view -> view.get(Hyperparameters.MAX_ALLOWED_UIDS))
        .add("burn", COMPACT_U64, view -> view.get(Hyperparameters.BURN))
        .add("difficulty", COMPACT_U64, view -> view.get(Hyperparameters.DIFFICULTY))
        .add(
            "registration_allowed",
            BOOL,
            view -> view.get(Hyperparameters.NETWORK_REGISTRATION_ALLOWED))
        .add(
            "pow_registration_allowed",
            BOOL,
            view -> view.get(Hyperparameters.NETWORK_POW_REGISTRATION_ALLOWED))
        .add("immunity_period", COMPACT_U16, view -> view.get(Hyperparameters.IMMUNITY_PERIOD))
        .add("min_difficulty", COMPACT_U64, view -> view.get(Hyperparameters.MIN_DIFFICULTY))
        .add("max_difficulty", COMPACT_U64, view -> view.get(Hyperparameters.MAX_DIFFICULTY))
        .add("min_burn", COMPACT_U64, view -> view.get(Hyperparameters.MIN_BURN))
        .add("max_burn", COMPACT_U64, view -> view.get(Hyperparameters.MAX_BURN))
        .add("adjustment_alpha", COMPACT_U64, view -> view.get(Hyperparameters.ADJUSTMENT_ALPHA))
        .add(
            "adjustment_interval",
            COMPACT_U16,
            view -> view.get(Hyperparameters.ADJUSTMENT_INTERVAL))
        .add(
            "target_regs_per_interval",
            COMPACT_U16,
            view -> view.get(Hyperparameters.TARGET_REGISTRATIONS_PER_INTERVAL))
        .add(
            "max_regs_per_block",
            COMPACT_U16,
            view -> view.get(Hyperparameters.MAX_REGISTRATIONS_PER_BLOCK))
        .add(
            "serving_rate_limit", COMPACT_U64, view -> view.get(Hyperparameters.SERVING_RATE_LIMIT))
        .add(
            "commit_reveal_weights_enabled",
            BOOL,
            view -> view.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED))
        .add(
            "commit_reveal_period",
            COMPACT_U64,
            view -> view.get(Hyperparameters.REVEAL_PERIOD_EPOCHS))
        .add("liquid_alpha_enabled", BOOL, view -> view.get(Hyperparameters.LIQUID_ALPHA_ON))
        .add("alpha_high", COMPACT_U16, view -> view.get(Hyperparameters.ALPHA_VALUES).second())
        .add("alpha_low", COMPACT_U16, view -> view.get(Hyperparameters.ALPHA_VALUES).first())
        .add(
            "bonds_moving_avg",
            COMPACT_U64,
            view -> view.get(Hyperparameters.BONDS_MOVING_AVERAGE));
  }

  private static void ofNeurons(Columns<SubnetView> columns) {
    columns
        .add("hotkeys", vec(ACCOUNT), SubnetView::hotkeys)
        .add("coldkeys", vec(ACCOUNT), view -> view.each(view::coldkey))
        .add(
            "identities",
            vec(option(ChainIdentity.SHAPE)),
            view ->
                view.each(
                    hotkey -> view.storage().find(Neurons.IDENTITIES.at(view.coldkey(hotkey)))))
        .add("axons", vec(AxonInfo.SHAPE), view -> view.each(view::axon))
        .add("active", vec(BOOL), view -> view.get(Neurons.ACTIVE))
        .add("validator_permit", vec(BOOL), view -> view.get(Neurons.VALIDATOR_PERMIT))
        .add("pruning_score", vec(COMPACT_U16), view -> List.of())
        .add("last_update", vec(COMPACT_U64), view -> view.ofMechanism(Neurons.LAST_UPDATE))
        .add("emission", vec(COMPACT_U64), view -> view.get(Neurons.EMISSION))
        .add("dividends", vec(COMPACT_U16), view -> view.get(Neurons.DIVIDENDS))
        .add("incentives", vec(COMPACT_U16), view -> view.ofMechanism(Neurons.INCENTIVE))
        .add("consensus", vec(COMPACT_U16), view -> view.get(Neurons.CONSENSUS))
        .add("trust", vec(COMPACT_U16), view -> List.of())
        .add("rank", vec(COMPACT_U16), view -> List.of())
        .add("block_at_registration", vec(COMPACT_U64), MetagraphColumns::registeredAt)
        .add("alpha_stake", vec(COMPACT_U64), view -> view.each(view::stake))
        .add("tao_stake", vec(COMPACT_U64), view -> view.each(hotkey -> 0L))
        .add("total_stake", vec(COMPACT_U64), view -> view.each(view::stake))
        .add(
            "tao_dividends_per_hotkey",
            PER_HOTKEY,
            view -> view.each(hotkey -> new Pair<>(hotkey, 0L)))
        .add("alpha_dividends_per_hotkey", PER_HOTKEY, MetagraphColumns::dividends);
  }

  static List<Integer> name(SubnetView view) {
    Optional<SubnetIdentity> identity =
        view.storage().find(Subnets.SUBNET_IDENTITIES.at(view.netuid()));
    byte[] fallback = ("subnet " + view.netuid()).getBytes(StandardCharsets.UTF_8);
    return bytes(identity.map(each -> each.subnetName().raw()).orElse(fallback));
  }

  static List<Integer> bytes(byte[] bytes) {
    List<Integer> values = new ArrayList<>(bytes.length);
    for (byte each : bytes) {
      values.add(each & 0xff);
    }
    return values;
  }

  static long pending(SubnetView view) {
    return view.get(Subnets.PENDING_VALIDATOR_EMISSION) + view.get(Subnets.PENDING_SERVER_EMISSION);
  }

  static List<Long> registeredAt(SubnetView view) {
    List<Long> blocks = new ArrayList<>();
    for (int uid = 0; uid < view.hotkeys().size(); uid++) {
      blocks.add(view.storage().get(Neurons.BLOCK_AT_REGISTRATION.at(view.netuid(), uid)));
    }
    return blocks;
  }

  private static List<Pair<AccountId, Long>> dividends(SubnetView view) {
    return view.each(
        hotkey ->
            new Pair<>(
                hotkey, view.storage().get(Stakes.ALPHA_DIVIDENDS.at(view.netuid(), hotkey))));
  }

  /** The neurons with a permit and enough stake, by stake. */
  private static List<Integer> validators(SubnetView view) {
    long threshold = view.get(Hyperparameters.STAKE_THRESHOLD);
    List<Boolean> permits = view.get(Neurons.VALIDATOR_PERMIT);
    List<Integer> validators = new ArrayList<>();
    for (int uid = 0; uid < view.hotkeys().size(); uid++) {
      boolean permitted = SubnetView.element(permits, uid, false);
      if (permitted && view.stake(view.hotkeys().get(uid)) > threshold) {
        validators.add(uid);
      }
    }
    validators.sort(Comparator.comparingLong(uid -> view.stake(view.hotkeys().get(uid))));
    return validators;
  }

  private static List<Pair<AccountId, List<Integer>>> commitments(SubnetView view) {
    return CommitmentsPallet.COMMITMENTS.entries(view.storage(), view.netuid()).stream()
        .map(
            entry ->
                new Pair<>(
                    entry.first(),
                    bytes(CommitmentsPallet.Commitment.SHAPE.encode(entry.second()))))
        .toList();
  }
}
