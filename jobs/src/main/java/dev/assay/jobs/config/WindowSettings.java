package dev.assay.jobs.config;

/**
 * How time is cut into windows; all blocks.
 *
 * @param blocks length of a window; window w begins at block w × blocks
 * @param sampleSpanBlocks samples are drawn from this many blocks before the window's first
 * @param commitmentDelayBlocks a commitment takes part once it is this much older than the span
 * @param samples how many are drawn
 */
public record WindowSettings(
    int blocks, int sampleSpanBlocks, int commitmentDelayBlocks, int samples) {
  public WindowSettings {
    Require.atLeast("window.blocks", blocks, 1);
    Require.atLeast("window.sample_span_blocks", sampleSpanBlocks, 1);
    Require.atLeast("window.commitment_delay_blocks", commitmentDelayBlocks, 0);
    Require.atLeast("window.samples", samples, 1);
  }
}
