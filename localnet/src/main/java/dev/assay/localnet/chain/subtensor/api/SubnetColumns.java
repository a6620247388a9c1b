package dev.assay.localnet.chain.subtensor.api;

import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.SubnetIdentity;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
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
        .taking(MetagraphColumns.OF_SUBNET, "netuid owner_hotkey owner_coldkey")
        .add("subnet_name", NAME, MetagraphColumns::name)
        .add("token_symbol", NAME, view -> MetagraphColumns.bytes(view.get(Subnets.TOKEN_SYMBOL)))
        .taking(HyperparameterColumns.ALL, "tempo")
        .taking(MetagraphColumns.OF_SUBNET, "last_step blocks_since_last_step")
        .add("emission", COMPACT_U64, view -> 0L)
        .taking(
            MetagraphColumns.OF_SUBNET,
            "alpha_in alpha_out tao_in alpha_out_emission alpha_in_emission "
                + "tao_in_emission pending_alpha_emission pending_root_emission subnet_volume "
                + "network_registered_at")
        .add("subnet_identity", IDENTITY, SubnetColumns::identity)
        .taking(MetagraphColumns.OF_SUBNET, "moving_price");
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
        .taking(MetagraphColumns.OF_SUBNET, "netuid")
        .taking(HyperparameterColumns.ALL, "rho kappa difficulty immunity_period")
        .add(
            "max_allowed_validators",
            COMPACT_U16,
            view -> view.get(Hyperparameters.MAX_ALLOWED_VALIDATORS))
        .taking(HyperparameterColumns.ALL, "min_allowed_weights max_weights_limit")
        .add("scaling_law_power", COMPACT_U16, view -> view.get(Hyperparameters.SCALING_LAW_POWER))
        .add("subnetwork_n", COMPACT_U16, view -> view.hotkeys().size())
        .add("max_allowed_uids", COMPACT_U16, view -> view.get(Hyperparameters.MAX_ALLOWED_UIDS))
        .add(
            "blocks_since_last_step", COMPACT_U64, view -> view.get(Subnets.BLOCKS_SINCE_LAST_STEP))
        .taking(HyperparameterColumns.ALL, "tempo")
        .add("network_modality", COMPACT_U16, view -> 0)
        .add("network_connect", CONNECTIONS, view -> List.of())
        .add(emission, COMPACT_U64, view -> 0L)
        .taking(HyperparameterColumns.ALL, "burn")
        .add("owner", ACCOUNT, view -> view.get(Subnets.SUBNET_OWNER));
  }

  static Columns<SubnetView> state() {
    return new Columns<SubnetView>(PATH + "show_subnet::SubnetState", true)
        .taking(MetagraphColumns.OF_SUBNET, "netuid")
        .taking(
            MetagraphColumns.OF_NEURONS,
            "hotkeys coldkeys active validator_permit pruning_score last_update emission "
                + "dividends incentives consensus trust rank block_at_registration alpha_stake "
                + "tao_stake total_stake")
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
