package dev.assay.jobs.evaluate;

import dev.assay.jobs.config.WindowSettings;

/**
 * A stretch of blocks whose models are judged on the same samples.
 *
 * @param number the window's, its first block divided by its length
 * @param firstBlock its first block; that block's hash draws the samples
 * @param firstSampleBlock samples come from here until before the first block
 */
public record Window(long number, long firstBlock, long firstSampleBlock) {
  /** The window that a block lies in. */
  public static Window of(long block, WindowSettings settings) {
    long number = block / settings.blocks();
    long first = number * settings.blocks();
    return new Window(number, first, Math.max(0, first - settings.sampleSpanBlocks()));
  }
}
