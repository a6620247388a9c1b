package dev.assay.jobs.recorded;

import dev.assay.score.Limits;
import dev.assay.score.bundle.Manifest;

/**
 * A file of a recorded snapshot. It holds whole blocks: none of them has a sample in another file.
 *
 * @param rows samples in it, at least one
 * @param firstBlock the lowest block of a sample in it
 * @param lastBlock the highest one
 * @param digest of its bytes
 */
public record RecordedFile(int rows, long firstBlock, long lastBlock, Manifest.FileDigest digest) {
  /** A reader holds a file's bytes and samples in memory. */
  static final long MOST_BYTES = 256L << 20;

  static final int MOST_ROWS = 1_000_000;

  public RecordedFile {
    Limits.between("rows", rows, 1, MOST_ROWS);
    Limits.between("first_block", firstBlock, 0, lastBlock);
    Limits.between("bytes", digest.bytes(), 1, MOST_BYTES);
  }

  boolean overlaps(long fromBlock, long toBlock) {
    return firstBlock <= toBlock && lastBlock >= fromBlock;
  }
}
