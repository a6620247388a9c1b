package dev.assay.chain.weights;

import dev.assay.chain.timelock.DrandChain;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * What hiding weights until a round of a beacon takes.
 *
 * @param beacon the one that the chain reveals by
 * @param blockTime the time from one block to the next
 * @param random where encryption keys come from
 */
public record CommitReveal(DrandChain beacon, Duration blockTime, SecureRandom random) {
  /** The main network's: drand's quicknet, blocks of 12 s. */
  public static CommitReveal ofMainNetwork() {
    return new CommitReveal(DrandChain.QUICKNET, Duration.ofSeconds(12), new SecureRandom());
  }
}
