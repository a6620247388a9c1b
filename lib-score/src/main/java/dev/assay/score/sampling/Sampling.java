package dev.assay.score.sampling;

import dev.assay.score.Limits;

/**
 * Which samples a model is judged by.
 *
 * @param delayBlocks blocks by which a commitment must be older than the oldest sample, at least 0:
 *     no miner can train on the samples of its evaluation
 * @param maxSourceShare the most of a draw that one source may provide, above 0 and at most 1: no
 *     single producer decides
 */
public record Sampling(long delayBlocks, double maxSourceShare) {
  /** No delay and no quota, as the original. */
  public static final Sampling ORIGINAL = new Sampling(0, 1);

  public Sampling {
    Limits.atLeast("sampling.delay_blocks", delayBlocks, 0);
    Limits.above("sampling.max_source_share", maxSourceShare, 0);
    Limits.between("sampling.max_source_share", maxSourceShare, 0, 1);
  }
}
