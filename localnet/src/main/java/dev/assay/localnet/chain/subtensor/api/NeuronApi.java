package dev.assay.localnet.chain.subtensor.api;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.api.ApiContext;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.subtensor.storage.AxonInfo;
import dev.assay.localnet.chain.subtensor.storage.NeuronTable;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.PrometheusInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code NeuronInfoRuntimeApi} (neuron_info.rs). */
public final class NeuronApi {
  private static final Field<Integer> NETUID = field("netuid", Shapes.U16);
  private static final Field<Integer> UID = field("uid", Shapes.U16);

  private NeuronApi() {}

  private record Neuron(SubnetView view, int uid) {
    AccountId hotkey() {
      return view.hotkeys().get(uid);
    }

    int share(SingleMap<Integer, List<Integer>> vector) {
      return Neurons.element(view.get(vector), uid, 0);
    }

    List<Pair<AccountId, Long>> stake() {
      return List.of(new Pair<>(view.coldkey(hotkey()), view.stake(hotkey())));
    }
  }

  /** The API. */
  public static RuntimeApi api() {
    Shape<Neuron> full = columns("NeuronInfo", true).whole();
    Shape<Neuron> lite = columns("NeuronInfoLite", false).whole();
    return new RuntimeApi(
        "NeuronInfoRuntimeApi",
        1,
        List.of(
            method("get_neurons", vec(full), NeuronApi::neurons, NETUID),
            method("get_neuron", Shapes.option(full), NeuronApi::neuron, NETUID, UID),
            method("get_neurons_lite", vec(lite), NeuronApi::neurons, NETUID),
            method("get_neuron_lite", Shapes.option(lite), NeuronApi::neuron, NETUID, UID)));
  }

  private static List<Neuron> neurons(ApiContext context, Arguments arguments) {
    SubnetView view = SubnetView.of(context, arguments.get(NETUID), 0);
    List<Neuron> neurons = new ArrayList<>();
    for (int uid = 0; uid < view.hotkeys().size(); uid++) {
      neurons.add(new Neuron(view, uid));
    }
    return neurons;
  }

  private static Optional<Neuron> neuron(ApiContext context, Arguments arguments) {
    int uid = arguments.get(UID);
    List<Neuron> neurons = neurons(context, arguments);
    return uid < neurons.size() ? Optional.of(neurons.get(uid)) : Optional.empty();
  }

  private static Columns<Neuron> columns(String name, boolean withRows) {
    Columns<Neuron> columns =
        new Columns<>("pallet_subtensor::rpc_info::neuron_info::" + name, true);
    columns
        .add("hotkey", ACCOUNT, Neuron::hotkey)
        .add("coldkey", ACCOUNT, neuron -> neuron.view().coldkey(neuron.hotkey()))
        .add("uid", COMPACT_U16, Neuron::uid)
        .add("netuid", COMPACT_U16, neuron -> neuron.view().netuid())
        .add("active", BOOL, neuron -> flag(neuron, Neurons.ACTIVE))
        .add("axon_info", AxonInfo.SHAPE, neuron -> neuron.view().axon(neuron.hotkey()))
        .add(
            "prometheus_info",
            PrometheusInfo.SHAPE,
            neuron -> neuron.view().prometheus(neuron.hotkey()))
        .add("stake", vec(Shapes.pair(ACCOUNT, COMPACT_U64)), Neuron::stake)
        .add("rank", COMPACT_U16, neuron -> 0)
        .add(
            "emission",
            COMPACT_U64,
            neuron -> Neurons.element(neuron.view().get(Neurons.EMISSION), neuron.uid(), 0L))
        .add("incentive", COMPACT_U16, neuron -> neuron.share(Neurons.INCENTIVE))
        .add("consensus", COMPACT_U16, neuron -> neuron.share(Neurons.CONSENSUS))
        .add("trust", COMPACT_U16, neuron -> 0)
        .add("validator_trust", COMPACT_U16, neuron -> neuron.share(Neurons.VALIDATOR_TRUST))
        .add("dividends", COMPACT_U16, neuron -> neuron.share(Neurons.DIVIDENDS))
        .add("last_update", COMPACT_U64, NeuronApi::lastUpdate)
        .add("validator_permit", BOOL, neuron -> flag(neuron, Neurons.VALIDATOR_PERMIT));
    if (withRows) {
      Shape<List<Pair<Integer, Integer>>> row = vec(Shapes.pair(COMPACT_U16, COMPACT_U16));
      columns.add("weights", row, NeuronApi::weights).add("bonds", row, NeuronApi::bonds);
    }
    return columns.add("pruning_score", COMPACT_U16, neuron -> 0);
  }

  private static boolean flag(Neuron neuron, SingleMap<Integer, List<Boolean>> vector) {
    return Neurons.element(neuron.view().get(vector), neuron.uid(), false);
  }

  private static long lastUpdate(Neuron neuron) {
    SubnetView view = neuron.view();
    return NeuronTable.lastUpdate(view.storage(), view.index(), neuron.uid());
  }

  private static List<Pair<Integer, Integer>> weights(Neuron neuron) {
    SubnetView view = neuron.view();
    return shown(view.storage().get(Neurons.WEIGHTS.at(view.index(), neuron.uid())));
  }

  private static List<Pair<Integer, Integer>> bonds(Neuron neuron) {
    SubnetView view = neuron.view();
    return shown(view.storage().get(Neurons.BONDS.at(view.index(), neuron.uid())));
  }

  private static List<Pair<Integer, Integer>> shown(List<Pair<Integer, Integer>> row) {
    return row.stream().filter(entry -> entry.second() > 0).toList();
  }
}
