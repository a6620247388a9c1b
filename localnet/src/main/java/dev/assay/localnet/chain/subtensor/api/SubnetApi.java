package dev.assay.localnet.chain.subtensor.api;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.option;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.localnet.chain.api.ApiContext;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.SubnetAccount;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.weights.EpochClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** {@code SubnetInfoRuntimeApi}: metagraphs, hyperparameters and what a subnet is worth. */
public final class SubnetApi {
  private static final Field<Integer> NETUID = field("netuid", Shapes.U16);
  private static final Field<Integer> MECHANISM = field("mecid", Shapes.U8);
  private static final Field<Integer> SUBID = field("subid", Shapes.U8);
  private static final Field<List<Integer>> INDEXES = field("metagraph_indexes", vec(Shapes.U16));

  private SubnetApi() {}

  /** The API. */
  public static RuntimeApi api() {
    Shape<SubnetView> metagraph = MetagraphColumns.metagraph().whole();
    Shape<Columns.Selection<SubnetView>> selected = MetagraphColumns.selectable().selective();
    Shape<SubnetView> dynamic = SubnetColumns.dynamicInfo().whole();
    Shape<SubnetView> info = SubnetColumns.info().whole();
    Shape<SubnetView> info2 = SubnetColumns.info2().whole();
    return new RuntimeApi(
        "SubnetInfoRuntimeApi",
        2,
        List.of(
            method("get_subnet_info", option(info), SubnetApi::subnet, NETUID),
            method("get_subnets_info", vec(option(info)), SubnetApi::subnets),
            method("get_subnet_info_v2", option(info2), SubnetApi::subnet, NETUID),
            method("get_subnets_info_v2", vec(option(info2)), SubnetApi::subnets),
            method(
                "get_subnet_hyperparams",
                option(HyperparameterColumns.version1().whole()),
                SubnetApi::subnet,
                NETUID),
            method(
                "get_subnet_hyperparams_v2",
                option(HyperparameterColumns.version2().whole()),
                SubnetApi::subnet,
                NETUID),
            method(
                "get_subnet_hyperparams_v3",
                option(HyperparameterList.SHAPE),
                SubnetApi::subnet,
                NETUID),
            method("get_all_dynamic_info", vec(option(dynamic)), SubnetApi::withRoot),
            method("get_dynamic_info", option(dynamic), SubnetApi::subnet, NETUID),
            method("get_all_metagraphs", vec(option(metagraph)), SubnetApi::subnets),
            method("get_metagraph", option(metagraph), SubnetApi::subnet, NETUID),
            method("get_all_mechagraphs", vec(option(metagraph)), SubnetApi::mechanisms),
            method(
                "get_mechagraph",
                option(metagraph),
                (context, arguments) ->
                    view(context, arguments.get(NETUID), arguments.get(MECHANISM)),
                NETUID,
                MECHANISM),
            method(
                "get_subnet_state",
                option(SubnetColumns.state().whole()),
                SubnetApi::subnet,
                NETUID),
            method(
                "get_selective_metagraph",
                option(selected),
                (context, arguments) -> select(context, arguments, 0),
                NETUID,
                INDEXES),
            method(
                "get_selective_mechagraph",
                option(selected),
                (context, arguments) -> select(context, arguments, arguments.get(SUBID)),
                NETUID,
                SUBID,
                INDEXES),
            method(
                "get_subnet_account_id",
                option(Shapes.ACCOUNT),
                (context, arguments) ->
                    subnet(context, arguments).map(view -> SubnetAccount.of(view.netuid())),
                NETUID),
            method(
                "get_next_epoch_start_block",
                option(Shapes.U64),
                (context, arguments) -> EpochClock.next(context.storage(), arguments.get(NETUID)),
                NETUID)));
  }

  private static Optional<SubnetView> subnet(ApiContext context, Arguments arguments) {
    return view(context, arguments.get(NETUID), 0);
  }

  private static List<Optional<SubnetView>> subnets(ApiContext context, Arguments arguments) {
    return Subnets.netuids(context.storage()).stream()
        .map(netuid -> view(context, netuid, 0))
        .toList();
  }

  /** The root network comes first, empty, because clients take it for granted. */
  private static List<Optional<SubnetView>> withRoot(ApiContext context, Arguments arguments) {
    List<Optional<SubnetView>> views = new ArrayList<>();
    views.add(Optional.of(SubnetView.of(context, 0, 0)));
    views.addAll(subnets(context, arguments));
    return views;
  }

  private static List<Optional<SubnetView>> mechanisms(ApiContext context, Arguments arguments) {
    List<Optional<SubnetView>> views = new ArrayList<>();
    for (int netuid : Subnets.netuids(context.storage())) {
      for (int i = 0; i < Mechanisms.count(context.storage(), netuid); i++) {
        views.add(view(context, netuid, i));
      }
    }
    return views;
  }

  private static Optional<SubnetView> view(ApiContext context, int netuid, int mechanism) {
    boolean exists =
        Mechanisms.exists(context.storage(), netuid)
            && mechanism < Mechanisms.count(context.storage(), netuid);
    return exists ? Optional.of(SubnetView.of(context, netuid, mechanism)) : Optional.empty();
  }

  private static Optional<Columns.Selection<SubnetView>> select(
      ApiContext context, Arguments arguments, int mechanism) {
    HashSet<Integer> indexes = new HashSet<>(arguments.get(INDEXES));
    return view(context, arguments.get(NETUID), mechanism)
        .map(view -> new Columns.Selection<>(view, indexes));
  }
}
