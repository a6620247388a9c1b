package dev.assay.jobs.candidates;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.chain.Commitments;
import dev.assay.jobs.config.ChainSettings;
import dev.assay.jobs.config.WindowSettings;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.sampling.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an evaluation reads from the chain, all of it at one finalised block.
 *
 * @param genesis hash of the chain's block 0, which names the chain
 * @param block its height
 * @param blockHash 0x and 64 hex digits
 * @param window that the block lies in
 * @param seed hash of the window's first block
 * @param commitments of the registered hotkeys
 * @param registered each uid's holder, and since when
 * @param limits what the chain accepts of weights
 * @param paid by hotkey, the incentive that consensus gives now
 */
public record ChainReading(
    String genesis,
    int netuid,
    int mechanism,
    long block,
    String blockHash,
    Window window,
    Hash seed,
    List<CommitmentRow> commitments,
    List<Registration> registered,
    WeightLimits limits,
    Map<String, Long> paid) {
  public ChainReading {
    commitments = List.copyOf(commitments);
    registered = List.copyOf(registered);
    paid = Map.copyOf(paid);
  }

  /**
   * Reads.
   *
   * @param block finalised
   */
  public static ChainReading of(
      Subtensor chain, BlockView block, ChainSettings settings, WindowSettings windows) {
    int netuid = settings.netuid();
    Window window = Window.containing(block.number(), windows.blocks());
    Hyperparameters hyperparameters = block.hyperparameters(netuid);
    List<CommitmentRow> commitments = Commitments.at(block, netuid);
    List<Neuron> neurons = block.metagraph(netuid).neurons();
    return new ChainReading(
        chain.genesisHash().toString(),
        netuid,
        settings.mechanism(),
        block.number(),
        block.hash().toString(),
        window,
        chain.blockHash(window.firstBlock()),
        commitments,
        neurons.stream()
            .map(
                neuron ->
                    new Registration(
                        neuron.uid(), neuron.hotkey().ss58(), neuron.blockAtRegistration()))
            .toList(),
        new WeightLimits(
            Math.max(1, hyperparameters.maxWeightsLimit()), hyperparameters.minAllowedWeights()),
        neurons.stream()
            .collect(
                Collectors.toMap(
                    neuron -> neuron.hotkey().ss58(), neuron -> (long) neuron.incentive())));
  }
}
