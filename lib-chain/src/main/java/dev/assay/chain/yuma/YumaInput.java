package dev.assay.chain.yuma;

import java.util.List;
import java.util.OptionalInt;

/**
 * A subnet's state before an epoch.
 *
 * @param block the current block
 * @param lastStepBlock the block of the last successful epoch, 0 if there was none (storage {@code
 *     LastMechansimStepBlock}, so spelled)
 * @param emission what the epoch shares out, a u64, in the alpha token's smallest unit
 * @param ownerUid the neuron of the subnet's owner, which keeps permit, stake and self-weight
 * @param neurons every neuron, by uid; at most 65536
 */
public record YumaInput(
    long block,
    long lastStepBlock,
    long emission,
    OptionalInt ownerUid,
    YumaParameters parameters,
    List<YumaNeuron> neurons) {

  private static final int MAX_NEURONS = 1 << 16;

  public YumaInput {
    requireBlocks("current block", block);
    requireBlocks("block of the last epoch", lastStepBlock);
    if (neurons.size() > MAX_NEURONS) {
      throw new IllegalArgumentException(
          "The subnet has " + neurons.size() + " neurons; uids allow " + MAX_NEURONS + ".");
    }
    neurons = List.copyOf(neurons);
  }

  static void requireBlocks(String name, long blocks) {
    if (blocks < 0) {
      throw new IllegalArgumentException(
          "The "
              + name
              + " is "
              + Long.toUnsignedString(blocks)
              + "; at most 2^63 - 1 blocks are handled.");
    }
  }
}
