package dev.assay.jobs.config;

/**
 * How time is cut into windows; all blocks.
 *
 * @param blocks length of a window; window w begins at block w × blocks
 * @param sampleSpanBlocks samples are drawn from this many blocks before the window's first
 * @param commitmentAgeBlocks how much older than the window's first block a commitment must be to
 *     take part; 0 admits every one
 */
public record WindowSettings(int blocks, int sampleSpanBlocks, int commitmentAgeBlocks) {
  public WindowSettings {
    Require.atLeast("window.blocks", blocks, 1);
    Require.atLeast("window.sample_span_blocks", sampleSpanBlocks, 1);
    Require.atLeast("window.commitment_age_blocks", commitmentAgeBlocks, 0);
  }
}
