package dev.assay.localnet.chain.subtensor.weights;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.HashCommit;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.TimelockedCommit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The block of each hotkey's earliest commit that can still be revealed. */
public final class EarliestCommits {
  private EarliestCommits() {}

  public static Map<AccountId, Long> of(Storage storage, long block, int netuid, int index) {
    Map<AccountId, Long> earliest = new HashMap<>();
    for (Pair<AccountId, List<HashCommit>> own : Neurons.WEIGHT_COMMITS.entries(storage, index)) {
      for (HashCommit commit : own.second()) {
        if (!EpochClock.isExpired(storage, netuid, block, commit.epoch())) {
          earliest.merge(own.first(), commit.block(), Math::min);
        }
      }
    }
    for (Pair<Long, List<TimelockedCommit>> epoch :
        Neurons.TIMELOCKED_COMMITS.entries(storage, index)) {
      if (!EpochClock.isExpired(storage, netuid, block, epoch.first())) {
        epoch
            .second()
            .forEach(commit -> earliest.merge(commit.hotkey(), commit.block(), Math::min));
      }
    }
    return earliest;
  }
}
