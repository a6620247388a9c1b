package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.jobs.tables.Comment;
import java.util.List;

/** One neuron of a subnet at one block. Stake and emission are in rao; shares are of 65535. */
@Comment("one neuron of a subnet at one block")
public record NeuronRow(
    @Comment("number of the subnet") int netuid,
    @Comment("height that was read") long block,
    @Comment("hash of that block, 0x and 64 hex digits") String blockHash,
    @Comment("the hotkey's number in the subnet") int uid,
    @Comment("SS58 address of the neuron") String hotkey,
    @Comment("SS58 address of its owner") String coldkey,
    @Comment("whether it has set weights lately, as the chain says") boolean active,
    @Comment("whether its weights count") boolean validatorPermit,
    @Comment("in rao, 1e-9 of a token") long stake,
    @Comment("of one tempo, in rao") long emission,
    @Comment("share of the miners' emission, 0 to 65535") int incentive,
    @Comment("share of the validators' emission, 0 to 65535") int dividends,
    @Comment("the validators' consensus on it, 0 to 65535") int consensus,
    @Comment("height at which it last set weights") long lastUpdate,
    @Comment("height at which the hotkey got its uid") long registeredBlock) {

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
