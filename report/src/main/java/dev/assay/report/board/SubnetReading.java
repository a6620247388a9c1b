package dev.assay.report.board;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.NextEpoch;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.chain.Commitments;
import dev.assay.report.yuma.YumaChange;
import dev.assay.report.yuma.YumaReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a subnet's figures at one block. */
public final class SubnetReading {
  private static final double U16_MAX = 65_535;
  private static final long BLOCKS_A_DAY = 7_200;

  private SubnetReading() {}

  /**
   * Reads them.
   *
   * @param ours the hotkey whose weights the what-if changes; empty for none
   * @param vector the weights that it would set, by UID
   */
  public static SubnetState at(
      BlockView block,
      int netuid,
      int mechanism,
      Optional<String> ours,
      SortedMap<Integer, Double> vector) {
    Metagraph metagraph = block.metagraph(netuid, mechanism);
    Hyperparameters parameters = block.hyperparameters(netuid);
    return new SubnetState(
        block.number(),
        block.hash().toString(),
        parameters.tempo(),
        parameters.immunityPeriod(),
        metagraph.neurons().stream()
            .map(neuron -> member(neuron, block.number(), parameters))
            .toList(),
        shares(block.weights(netuid, mechanism)),
        Commitments.at(block, netuid).stream()
            .map(
                row ->
                    new SubnetState.Committed(
                        row.uid(), row.hotkey(), row.committedBlock(), row.text()))
            .toList(),
        epoch(block, netuid, mechanism, ours, vector));
  }

  private static SubnetState.Member member(Neuron neuron, long block, Hyperparameters parameters) {
    return new SubnetState.Member(
        neuron.uid(),
        neuron.hotkey().ss58(),
        neuron.coldkey().ss58(),
        neuron.validatorPermit(),
        neuron.active(),
        neuron.stake(),
        neuron.emission(),
        Math.round(neuron.emission() * (double) BLOCKS_A_DAY / (parameters.tempo() + 1)),
        neuron.incentive() / U16_MAX,
        neuron.dividends() / U16_MAX,
        neuron.consensus() / U16_MAX,
        neuron.trust() / U16_MAX,
        block - neuron.lastUpdate(),
        neuron.blockAtRegistration(),
        neuron.blockAtRegistration() + parameters.immunityPeriod());
  }

  private static Map<Integer, Map<Integer, Double>> shares(Map<Integer, List<Weight>> rows) {
    Map<Integer, Map<Integer, Double>> shares = new TreeMap<>();
    rows.forEach(
        (uid, row) -> {
          double sum = row.stream().mapToLong(Weight::value).sum();
          Map<Integer, Double> each = new TreeMap<>();
          row.stream()
              .filter(weight -> weight.value() > 0)
              .forEach(weight -> each.merge(weight.uid(), weight.value() / sum, Double::sum));
          shares.put(uid, each);
        });
    return shares;
  }

  /** Some subnets run no epochs, and a vector can be about UIDs that are gone. */
  private static Optional<YumaReport> epoch(
      BlockView block,
      int netuid,
      int mechanism,
      Optional<String> ours,
      SortedMap<Integer, Double> vector) {
    try {
      NextEpoch epoch = block.nextEpoch(netuid, mechanism);
      List<String> hotkeys = epoch.hotkeys().stream().map(AccountId::ss58).toList();
      int uid = ours.map(hotkeys::indexOf).orElse(-1);
      Optional<YumaChange> change =
          uid < 0 || vector.isEmpty()
              ? Optional.empty()
              : Optional.of(YumaChange.ofWeights(uid, vector));
      return Optional.of(
          YumaReport.of(
              Optional.of(netuid),
              Optional.of(epoch.block()),
              hotkeys,
              epoch.input(),
              change,
              List.of()));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
