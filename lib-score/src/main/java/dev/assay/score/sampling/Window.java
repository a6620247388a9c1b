package dev.assay.score.sampling;

import dev.assay.score.Limits;

/**
 * A span of blocks in which every validator judges by the same samples. The samples come from the
 * window before and are drawn with the hash of this window's first block, once that is finalised.
 *
 * @param number the window's number, from 0
 * @param blocks its length in blocks, at least 1
 */
public record Window(long number, long blocks) {
  public Window {
    Limits.atLeast("window.blocks", blocks, 1);
    Limits.between("window.number", number, 0, Long.MAX_VALUE / blocks - 1);
  }

  /** The window that a block lies in. */
  public static Window containing(long block, long blocks) {
    Limits.atLeast("block", block, 0);
    Limits.atLeast("window.blocks", blocks, 1);
    return new Window(block / blocks, blocks);
  }

  /** The first window in which a commitment of this block is judged. */
  public static Window firstToAdmit(long commitmentBlock, long blocks, Sampling sampling) {
    long from = Math.addExact(commitmentBlock, sampling.delayBlocks());
    return new Window((from + blocks - 1) / blocks + 1, blocks);
  }

  /** The window's first block, whose hash is the seed of its draw. */
  public long firstBlock() {
    return number * blocks;
  }

  /** The first block of the span whose samples the window judges by; negative in window 0. */
  public long firstSampleBlock() {
    return firstBlock() - blocks;
  }

  /** Whether a sample that was seen at this block belongs to the window's span. */
  public boolean draws(long sampleBlock) {
    return sampleBlock >= firstSampleBlock() && sampleBlock < firstBlock();
  }

  /** Whether a commitment of this block is old enough to be judged in the window. */
  public boolean admits(long commitmentBlock, Sampling sampling) {
    return commitmentBlock + sampling.delayBlocks() <= firstSampleBlock();
  }
}
