package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Neuron;
import java.util.List;

/**
 * One neuron of a subnet at one block. Stake and emission are in rao; shares are of 65535.
 *
 * @param block height that was read
 */
public record NeuronRow(
    int netuid,
    long block,
    String blockHash,
    int uid,
    String hotkey,
    String coldkey,
    boolean active,
    boolean validatorPermit,
    long stake,
    long emission,
    int incentive,
    int dividends,
    int consensus,
    long lastUpdate,
    long registeredBlock) {

  static List<NeuronRow> at(BlockView block, int netuid) {
    return block.metagraph(netuid).neurons().stream()
        .map(neuron -> of(block, netuid, neuron))
        .toList();
  }

  private static NeuronRow of(BlockView block, int netuid, Neuron neuron) {
    return new NeuronRow(
        netuid,
        block.number(),
        block.hash().toString(),
        neuron.uid(),
        neuron.hotkey().ss58(),
        neuron.coldkey().ss58(),
        neuron.active(),
        neuron.validatorPermit(),
        neuron.stake(),
        neuron.emission(),
        neuron.incentive(),
        neuron.dividends(),
        neuron.consensus(),
        neuron.lastUpdate(),
        neuron.blockAtRegistration());
  }
}
