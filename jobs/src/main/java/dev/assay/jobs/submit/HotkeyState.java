package dev.assay.jobs.submit;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.weights.PendingCommits;
import dev.assay.chain.weights.PendingCommits.RevealWindow;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.score.weights.UidWeight;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the chain knows of a validator's weights after one block. */
record HotkeyState(BlockView block, AccountId hotkey) {

  /**
   * The validator's place in a subnet.
   *
   * @throws ConfigurationException if it has none
   */
  Neuron neuron(int netuid, int mechanism) {
    return metagraph(netuid, mechanism)
        .neuron(hotkey)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "the hotkey %s is not registered in subnet %d at block %d"
                        .formatted(hotkey.ss58(), netuid, block.number())));
  }

  /** The subnet's members, with the last updates of a mechanism's weights. */
  Metagraph metagraph(int netuid, int mechanism) {
    return mechanism == 0 ? block.metagraph(netuid) : block.metagraph(netuid, mechanism);
  }

  /** Whether the chain shows exactly the intended weights. */
  boolean shows(WeightIntent intent) {
    List<UidWeight> shown =
        block
            .weights(intent.netuid(), intent.mechanism())
            .getOrDefault(neuron(intent.netuid(), intent.mechanism()).uid(), List.of())
            .stream()
            .filter(weight -> weight.value() > 0)
            .map(weight -> new UidWeight(weight.uid(), weight.value()))
            .sorted(Comparator.comparingInt(UidWeight::uid))
            .toList();
    return shown.equals(intent.vector());
  }

  /** When a commit may be revealed; empty if the chain holds none such. */
  Optional<RevealWindow> window(WeightIntent intent, Hiding hiding) {
    if (!hiding.isTimelock()) {
      return Optional.ofNullable(
          PendingCommits.hashed(block, hotkey, intent.netuid(), intent.mechanism())
              .get(hiding.commit()));
    }
    return PendingCommits.timelocked(block, hotkey, intent.netuid(), intent.mechanism()).stream()
        .filter(ciphertext -> PreparedWeights.digest(ciphertext).equals(hiding.commit()))
        .map(pending -> RevealWindow.TO_COME)
        .findFirst();
  }
}
