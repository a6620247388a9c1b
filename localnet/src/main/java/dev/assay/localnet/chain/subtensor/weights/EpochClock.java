package dev.assay.localnet.chain.subtensor.weights;

import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.util.Optional;

/** When a subnet's epochs are due (run_coinbase.rs, {@code should_run_epoch}). */
public final class EpochClock {
  private static final long MAX_TEMPO = 50_400;

  private EpochClock() {}

  public static boolean isDue(Storage storage, int netuid, long block) {
    int tempo = storage.get(Hyperparameters.TEMPO.at(netuid));
    if (tempo == 0) {
      return false;
    }
    long pending = storage.get(Subnets.PENDING_EPOCH_AT.at(netuid));
    return (pending > 0 && block >= pending)
        || storage.get(Subnets.BLOCKS_SINCE_LAST_STEP.at(netuid)) > MAX_TEMPO
        || block - storage.get(Subnets.LAST_EPOCH_BLOCK.at(netuid)) >= tempo;
  }

  /** The block of the next epoch; none where the tempo is 0. */
  public static Optional<Long> next(Storage storage, int netuid) {
    int tempo = storage.get(Hyperparameters.TEMPO.at(netuid));
    if (tempo == 0) {
      return Optional.empty();
    }
    long automatic = storage.get(Subnets.LAST_EPOCH_BLOCK.at(netuid)) + tempo;
    long pending = storage.get(Subnets.PENDING_EPOCH_AT.at(netuid));
    return Optional.of(pending > 0 ? Math.min(automatic, pending) : automatic);
  }

  /** The number of the present epoch, the one that is due counted as begun. */
  static long index(Storage storage, int netuid, long block) {
    long begun = storage.get(Subnets.SUBNET_EPOCH_INDEX.at(netuid));
    return isDue(storage, netuid, block) ? begun + 1 : begun;
  }

  /** Whether a commit of that epoch can be revealed now. */
  static boolean isRevealable(Storage storage, int netuid, long block, long commitEpoch) {
    return index(storage, netuid, block) == commitEpoch + period(storage, netuid);
  }

  /** Whether a commit of that epoch can be revealed no more. */
  static boolean isExpired(Storage storage, int netuid, long block, long commitEpoch) {
    return index(storage, netuid, block) > commitEpoch + period(storage, netuid);
  }

  static long period(Storage storage, int netuid) {
    return storage.get(Hyperparameters.REVEAL_PERIOD_EPOCHS.at(netuid));
  }
}
