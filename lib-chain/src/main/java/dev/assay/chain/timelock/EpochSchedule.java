package dev.assay.chain.timelock;

/**
 * Epochs counted by the chain's state, as runtimes with the storage item {@code LastEpochBlock}
 * have them (bittensor-core, {@code epoch_schedule.rs}; subtensor, {@code run_coinbase.rs}).
 *
 * @param lastEpochBlock the block of the last epoch (storage {@code LastEpochBlock})
 * @param pendingEpochAt the block of an epoch that the owner asked for, 0 if none ({@code
 *     PendingEpochAt})
 * @param epochIndex how many epochs there were ({@code SubnetEpochIndex})
 * @param tempo blocks between epochs, a u16; 0 means none ({@code Tempo})
 * @param blocksSinceLastStep blocks since the last epoch that ran to its end ({@code
 *     BlocksSinceLastStep})
 * @param block the head's block number
 */
public record EpochSchedule(
    long lastEpochBlock,
    long pendingEpochAt,
    long epochIndex,
    int tempo,
    long blocksSinceLastStep,
    long block)
    implements RevealSchedule {

  /** An epoch is due after this many blocks in any case. */
  private static final long MAX_TEMPO = 50_400;

  /**
   * Whether the chain runs an epoch at {@code block} (run_coinbase.rs, {@code should_run_epoch}).
   */
  public boolean isEpochDue(long block) {
    if (tempo == 0) {
      return false;
    }
    boolean asked = pendingEpochAt > 0 && block >= pendingEpochAt;
    boolean overdue = blocksSinceLastStep > MAX_TEMPO;
    return asked || overdue || Math.max(0, block - lastEpochBlock) >= tempo;
  }

  /** The state after {@code block} was built on this one. */
  public EpochSchedule after(long block) {
    EpochSchedule counted =
        new EpochSchedule(
            lastEpochBlock, pendingEpochAt, epochIndex, tempo, blocksSinceLastStep + 1, block);
    return counted.isEpochDue(block)
        ? new EpochSchedule(block, 0, epochIndex + 1, tempo, 0, block)
        : counted;
  }

  /** Follows the chain block by block, because an epoch may be asked for or overdue. */
  @Override
  public long firstRevealBlock(long revealPeriod) {
    RevealSchedule.requireRevealPeriod(revealPeriod);
    if (tempo == 0) {
      throw new IllegalArgumentException(
          "The subnet's tempo is 0: it runs no epochs, so a commit is never revealed.");
    }
    EpochSchedule before = this;
    long included = block + 1;
    long revealEpoch = before.epochAt(included) + revealPeriod;
    long last = included + (revealPeriod + 1) * MAX_TEMPO;
    for (long at = included; at <= last; at++) {
      if (before.epochAt(at) == revealEpoch) {
        return at;
      }
      before = before.after(at);
    }
    throw new IllegalArgumentException(
        "No reveal follows within " + (last - included) + " blocks of " + this + ".");
  }

  /**
   * The epoch that reveals at {@code block} count as, which run before an epoch that is due there.
   */
  private long epochAt(long block) {
    return isEpochDue(block) ? epochIndex + 1 : epochIndex;
  }
}
