package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U128;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import java.util.List;
import java.util.Optional;

/** A subnet as a whole, as the runtime APIs show it (dynamic_info.rs, subnet_info.rs). */
final class SubnetColumns {
  private static final String PATH = "pallet_subtensor::rpc_info::";
  private static final Shape<List<Integer>> NAME = vec(Shapes.COMPACT_U8);
  private static final Shape<Optional<SubnetIdentity>> IDENTITY =
      Shapes.option(SubnetIdentity.SHAPE);
  private static final Shape<List<Pair<Integer, Integer>>> CONNECTIONS =
      vec(
          new Shape<>(
              new TypeNode.FixedArray(2, Shapes.U16.type()),
              4,
              SubnetColumns::write,
              SubnetColumns::read));

  private SubnetColumns() {}

  static Columns<SubnetView> dynamicInfo() {
    return new Columns<SubnetView>(PATH + "dynamic_info::DynamicInfo", true)
        .add("netuid", COMPACT_U16, SubnetView::netuid)
        .add("owner_hotkey", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER_HOTKEY))
        .add("owner_coldkey", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER))
        .add("subnet_name", NAME, MetagraphColumns::name)
        .add("token_symbol", NAME, view -> MetagraphColumns.bytes(view.get(Subnets.TOKEN_SYMBOL)))
        .add("tempo", COMPACT_U16, view -> view.get(Hyperparameters.TEMPO))
        .add("last_step", COMPACT_U64, view -> view.get(Subnets.LAST_MECHANSIM_STEP_BLOCK))
        .add(
            "blocks_since_last_step",
            COMPACT_U64,
            view -> view.block() - view.get(Subnets.LAST_MECHANSIM_STEP_BLOCK))
        .add("emission", COMPACT_U64, view -> 0L)
        .add("alpha_in", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_IN))
        .add("alpha_out", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_OUT))
        .add("tao_in", COMPACT_U64, view -> view.get(Subnets.SUBNET_TAO))
        .add("alpha_out_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_OUT_EMISSION))
        .add("alpha_in_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_ALPHA_IN_EMISSION))
        .add("tao_in_emission", COMPACT_U64, view -> view.get(Subnets.SUBNET_TAO_IN_EMISSION))
        .add("pending_alpha_emission", COMPACT_U64, MetagraphColumns::pending)
        .add("pending_root_emission", COMPACT_U64, view -> 0L)
        .add("subnet_volume", COMPACT_U128, view -> view.get(Subnets.SUBNET_VOLUME))
        .add("network_registered_at", COMPACT_U64, view -> view.get(Subnets.NETWORK_REGISTERED_AT))
        .add("subnet_identity", IDENTITY, SubnetColumns::identity)
        .add("moving_price", FixedPoint.I96F32, view -> view.get(Subnets.SUBNET_MOVING_PRICE));
  }

  static Columns<SubnetView> info() {
    return info("SubnetInfo", "emission_values");
  }

  static Columns<SubnetView> info2() {
    return info("SubnetInfov2", "emission_value")
        .add("identity", IDENTITY, SubnetColumns::identity);
  }

  private static Columns<SubnetView> info(String name, String emission) {
    return new Columns<SubnetView>(PATH + "subnet_info::" + name, true)
        .add("netuid", COMPACT_U16, SubnetView::netuid)
        .add("rho", COMPACT_U16, view -> view.get(Hyperparameters.RHO))
        .add("kappa", COMPACT_U16, view -> view.get(Hyperparameters.KAPPA))
        .add("difficulty", COMPACT_U64, view -> view.get(Hyperparameters.DIFFICULTY))
        .add("immunity_period", COMPACT_U16, view -> view.get(Hyperparameters.IMMUNITY_PERIOD))
        .add(
            "max_allowed_validators",
            COMPACT_U16,
            view -> view.get(Hyperparameters.MAX_ALLOWED_VALIDATORS))
        .add(
            "min_allowed_weights",
            COMPACT_U16,
            view -> view.get(Hyperparameters.MIN_ALLOWED_WEIGHTS))
        .add("max_weights_limit", COMPACT_U16, view -> view.get(Hyperparameters.MAX_WEIGHTS_LIMIT))
        .add("scaling_law_power", COMPACT_U16, view -> view.get(Hyperparameters.SCALING_LAW_POWER))
        .add("subnetwork_n", COMPACT_U16, view -> view.hotkeys().size())
        .add("max_allowed_uids", COMPACT_U16, view -> view.get(Hyperparameters.MAX_ALLOWED_UIDS))
        .add(
            "blocks_since_last_step", COMPACT_U64, view -> view.get(Subnets.BLOCKS_SINCE_LAST_STEP))
        .add("tempo", COMPACT_U16, view -> view.get(Hyperparameters.TEMPO))
        .add("network_modality", COMPACT_U16, view -> 0)
        .add("network_connect", CONNECTIONS, view -> List.of())
        .add(emission, COMPACT_U64, view -> 0L)
        .add("burn", COMPACT_U64, view -> view.get(Hyperparameters.BURN))
        .add("owner", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER));
  }

  static Columns<SubnetView> state() {
    return new Columns<SubnetView>(PATH + "show_subnet::SubnetState", true)
        .add("netuid", COMPACT_U16, SubnetView::netuid)
        .add("hotkeys", vec(ACCOUNT), SubnetView::hotkeys)
        .add("coldkeys", vec(ACCOUNT), view -> view.each(view::coldkey))
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
        .add("emission_history", vec(vec(COMPACT_U64)), view -> List.of());
  }

  private static Optional<SubnetIdentity> identity(SubnetView view) {
    return view.storage().find(Subnets.SUBNET_IDENTITIES.at(view.netuid()));
  }

  private static void write(ScaleWriter out, Pair<Integer, Integer> pair) {
    out.u16(pair.first()).u16(pair.second());
  }

  private static Pair<Integer, Integer> read(ScaleReader in) {
    return new Pair<>(in.u16(), in.u16());
  }
}
