package dev.assay.chain.timelock;

import java.time.Duration;
import java.time.Instant;

/**
 * A subnet's epochs as seen from the chain's head: they decide at which block a commit is revealed,
 * and so which round it is encrypted to.
 */
public sealed interface RevealSchedule permits EpochSchedule, LegacyEpochSchedule {

  /**
   * Blocks by which a reveal is put off, so that the chain has the pulse by then (bittensor-core,
   * {@code SECURITY_BLOCK_OFFSET}).
   */
  long SAFETY_BLOCKS = 3;

  /** The greatest reveal period there is (subtensor, {@code MAX_COMMIT_REVEAL_PEROIDS}). */
  long MAX_REVEAL_PERIOD = 100;

  /** The head's block number. */
  long block();

  /**
   * The first block at which a commit that is included next would be revealed.
   *
   * @param revealPeriod epochs from commit to reveal, 1 to 100 (storage {@code RevealPeriodEpochs})
   * @throws IllegalArgumentException if the period is out of range or the subnet has no epochs
   */
  long firstRevealBlock(long revealPeriod);

  /**
   * The round to encrypt a commit to.
   *
   * @param now the time of the head's block
   * @param blockTime the time from one block to the next
   */
  default long round(DrandChain chain, long revealPeriod, Instant now, Duration blockTime) {
    long blocks = Math.max(0, firstRevealBlock(revealPeriod) + SAFETY_BLOCKS - block());
    return chain.roundFor(now.plus(blockTime.multipliedBy(blocks)));
  }

  /** Refuses a reveal period that no chain has. */
  static void requireRevealPeriod(long revealPeriod) {
    if (revealPeriod < 1 || revealPeriod > MAX_REVEAL_PERIOD) {
      throw new IllegalArgumentException(
          "The reveal period is "
              + revealPeriod
              + " epochs; it is 1 to "
              + MAX_REVEAL_PERIOD
              + ". Check RevealPeriodEpochs of the subnet.");
    }
  }
}
