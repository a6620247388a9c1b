package dev.assay.chain.subtensor;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import java.util.List;
import java.util.Optional;

/**
 * A subnet's members at one block, ordered by UID from 0.
 *
 * @param number the block's height
 */
public record Metagraph(int netuid, long number, Hash block, List<Neuron> neurons) {
  public Metagraph {
    neurons = List.copyOf(neurons);
  }

  /** The neuron of a hotkey, if it is registered. */
  public Optional<Neuron> neuron(AccountId hotkey) {
    return neurons.stream().filter(neuron -> neuron.hotkey().equals(hotkey)).findFirst();
  }
}
