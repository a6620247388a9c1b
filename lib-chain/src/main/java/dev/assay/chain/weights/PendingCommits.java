package dev.assay.chain.weights;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.MechanismIndex;
import dev.assay.chain.subtensor.StorageItem;
import dev.assay.chain.timelock.EpochSchedule;
import dev.assay.chain.timelock.RevealSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a hotkey has committed of its weights and the chain has not revealed, after a block. */
public final class PendingCommits {
  private static final String PALLET = "SubtensorModule";

  private PendingCommits() {}

  /** When a hash may be revealed, seen from the next block. */
  public enum RevealWindow {
    /** A reveal would be refused, and would disclose the weights. */
    TO_COME,
    /** Now. */
    OPEN,
    /** Never again. */
    OVER
  }

  /** The hashes of {@link HashCommit}s, the oldest first. */
  public static Map<Hash, RevealWindow> hashed(
      BlockView block, AccountId hotkey, int netuid, int mechanism) {
    Map<Hash, RevealWindow> pending = new LinkedHashMap<>();
    block
        .storage(PALLET, "WeightCommits", index(netuid, mechanism), Value.of(hotkey.bytes()))
        .map(Value::asList)
        .orElse(List.of())
        .forEach(
            commit ->
                pending.put(
                    Hash.of(commit.at(0).asBytes(Hash.LENGTH)), window(block, netuid, commit)));
    return pending;
  }

  /** The ciphertexts of timelocked commits. */
  public static List<Value> timelocked(
      BlockView block, AccountId hotkey, int netuid, int mechanism) {
    Value owner = Value.of(hotkey.bytes());
    List<Value> pending = new ArrayList<>();
    for (StorageItem epoch :
        block.entries(PALLET, "TimelockedWeightCommits", index(netuid, mechanism))) {
      for (Value commit : epoch.value().asList()) {
        if (commit.at(0).equals(owner)) {
          pending.add(commit.at(2));
        }
      }
    }
    return pending;
  }

  /**
   * Runtimes that count epochs in storage keep a commit's epoch; those before keep the first and
   * the last block of its window (pallet's subnets/weights.rs, do_commit_weights).
   */
  private static RevealWindow window(BlockView block, int netuid, Value commit) {
    RevealSchedule schedule = WeightSetting.schedule(block, netuid);
    long next = block.number() + 1;
    if (schedule instanceof EpochSchedule epochs) {
      long now = epochs.epochIndex() + (epochs.isEpochDue(next) ? 1 : 0);
      long reveal =
          commit.at(1).asLong() + WeightSetting.number(block, "RevealPeriodEpochs", netuid);
      return window(now, reveal, reveal);
    }
    return window(next, commit.at(2).asLong(), commit.at(3).asLong());
  }

  private static RevealWindow window(long now, long first, long last) {
    if (now < first) {
      return RevealWindow.TO_COME;
    }
    return now <= last ? RevealWindow.OPEN : RevealWindow.OVER;
  }

  private static Value index(int netuid, int mechanism) {
    return Value.of(MechanismIndex.of(netuid, mechanism));
  }
}
