package dev.assay.cli.validator;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.cli.failure.PrunedState;
import dev.assay.score.weights.WeightCopying;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A subnet's last epochs, read at the blocks in which they ran.
 *
 * @param epochs ascending by block
 * @param prunedAt the block whose state the endpoint no longer has, where that ended the reading
 */
record PastEpochs(List<WeightCopying.Epoch> epochs, OptionalLong prunedAt) {
  /**
   * Reads back from a block.
   *
   * @param most how many epochs at most
   */
  static PastEpochs read(Subtensor chain, int netuid, int mechanism, long from, int most) {
    List<WeightCopying.Epoch> epochs = new ArrayList<>();
    OptionalLong pruned = OptionalLong.empty();
    long block = from;
    try {
      long ran = chain.at(block).lastEpoch(netuid);
      while (epochs.size() < most && ran > 0) {
        block = ran;
        BlockView after = chain.at(ran);
        block = ran - 1;
        BlockView before = chain.at(ran - 1);
        epochs.add(epoch(before, after, netuid, mechanism));
        ran = before.lastEpoch(netuid);
      }
    } catch (RpcErrorException failure) {
      if (!PrunedState.explains(failure)) {
        throw failure;
      }
      pruned = OptionalLong.of(block);
    }
    Collections.reverse(epochs);
    return new PastEpochs(List.copyOf(epochs), pruned);
  }

  /** What the epoch was given, and the consensus that it found. */
  private static WeightCopying.Epoch epoch(
      BlockView before, BlockView after, int netuid, int mechanism) {
    // An epoch sees the weights of the block before; hidden ones are revealed in its own, before
    // it.
    BlockView given = before.commitRevealEnabled(netuid) ? after : before;
    Map<Integer, AccountId> hotkeys = given.hotkeys(netuid);
    Map<String, Map<Integer, Double>> weights = new HashMap<>();
    given
        .weights(netuid, mechanism)
        .forEach(
            (uid, row) -> {
              AccountId hotkey = hotkeys.get(uid);
              if (hotkey != null && !row.isEmpty()) {
                weights.put(hotkey.ss58(), byUid(row));
              }
            });
    Map<Integer, Double> consensus = new HashMap<>();
    List<Long> stored = after.consensus(netuid);
    for (int uid = 0; uid < stored.size(); uid++) {
      consensus.put(uid, (double) stored.get(uid));
    }
    return new WeightCopying.Epoch(after.number(), weights, consensus);
  }

  private static Map<Integer, Double> byUid(List<Weight> row) {
    Map<Integer, Double> weights = new HashMap<>();
    row.forEach(weight -> weights.merge(weight.uid(), (double) weight.value(), Double::sum));
    return weights;
  }
}
