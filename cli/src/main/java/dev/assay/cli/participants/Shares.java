package dev.assay.cli.participants;

import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What consensus granted some participants of a subnet, as shares of what it granted all. */
public final class Shares {
  private Shares() {}

  /** By UID. */
  public static Map<Integer, Double> of(
      Metagraph metagraph, Collection<Participant> participants, ToIntFunction<Neuron> figure) {
    Map<Integer, Double> shares = new TreeMap<>();
    double sum = metagraph.neurons().stream().mapToInt(figure).sum();
    for (Participant participant : participants) {
      Neuron neuron = metagraph.neuron(participant.account()).orElseThrow();
      shares.put(neuron.uid(), sum == 0 ? 0 : figure.applyAsInt(neuron) / sum);
    }
    return shares;
  }
}
