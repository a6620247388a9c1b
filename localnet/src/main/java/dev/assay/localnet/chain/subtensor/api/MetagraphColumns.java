package dev.assay.localnet.chain.subtensor.api;

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
import dev.assay.localnet.chain.subtensor.CommitmentsPallet;
import dev.assay.localnet.chain.subtensor.storage.AxonInfo;
import dev.assay.localnet.chain.subtensor.storage.ChainIdentity;
import dev.assay.localnet.chain.subtensor.storage.FixedPoint;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.SubnetIdentity;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
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

  /** Those of the subnet itself, which other structs have, too. */
  static final Columns<SubnetView> OF_SUBNET =
      new Columns<SubnetView>("", true)
          .add("netuid", COMPACT_U16, SubnetView::netuid)
          .add("name", NAME, MetagraphColumns::name)
          .add("symbol", NAME, view -> bytes(view.get(Subnets.TOKEN_SYMBOL)))
          .add(
              "identity",
              option(SubnetIdentity.SHAPE),
              view -> view.storage().find(Subnets.SUBNET_IDENTITIES.at(view.netuid())))
          .add(
              "network_registered_at", COMPACT_U64, view -> view.get(Subnets.NETWORK_REGISTERED_AT))
          .add("owner_hotkey", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER_HOTKEY))
          .add("owner_coldkey", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER))
          .add("block", COMPACT_U64, SubnetView::block)
          .taking(HyperparameterColumns.ALL, "tempo")
          .add("last_step", COMPACT_U64, view -> view.get(Subnets.LAST_MECHANSIM_STEP_BLOCK))
          .add(
              "blocks_since_last_step",
              COMPACT_U64,
              view -> view.block() - view.get(Subnets.LAST_MECHANSIM_STEP_BLOCK))
          .add("subnet_emission", COMPACT_U64, view -> 0L)
          .add("alpha_in", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_IN))
          .add("alpha_out", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_OUT))
          .add("tao_in", COMPACT_U64, view -> view.get(Subnets.SUBNET_TAO))
          .add(
              "alpha_out_emission",
              COMPACT_U64,
              view -> view.get(Subnets.SUBNET_ALPHA_OUT_EMISSION))
          .add("alpha_in_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_IN_EMISSION))
          .add("tao_in_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_TAO_IN_EMISSION))
          .add("pending_alpha_emission", COMPACT_U64, MetagraphColumns::pending)
          .add("pending_root_emission", COMPACT_U64, view -> 0L)
          .add("subnet_volume", COMPACT_U128, view -> view.get(Subnets.SUBNET_VOLUME))
          .add("moving_price", FixedPoint.I96F32, view -> view.get(Subnets.SUBNET_MOVING_PRICE));

  /** Those with a value for each neuron, which other structs have, too. */
  static final Columns<SubnetView> OF_NEURONS =
      new Columns<SubnetView>("", true)
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
    return new Columns<SubnetView>("pallet_subtensor::rpc_info::metagraph::" + name, true)
        .takingAll(OF_SUBNET)
        .taking(
            HyperparameterColumns.ALL,
            "rho kappa min_allowed_weights max_weights_limit weights_version "
                + "weights_rate_limit activity_cutoff max_validators num_uids max_uids burn "
                + "difficulty registration_allowed pow_registration_allowed immunity_period "
                + "min_difficulty max_difficulty min_burn max_burn adjustment_alpha "
                + "adjustment_interval target_regs_per_interval max_regs_per_block "
                + "serving_rate_limit commit_reveal_weights_enabled commit_reveal_period "
                + "liquid_alpha_enabled alpha_high alpha_low bonds_moving_avg")
        .takingAll(OF_NEURONS);
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
      boolean permitted = Neurons.element(permits, uid, false);
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
