package dev.assay.model.hub;

import java.time.Duration;

/**
 * What a download may cost at most. Sizes are checked against what the hub announces, before the
 * first byte, and counted again on the stream.
 *
 * @param maxFileBytes of one file
 * @param maxTotalBytes of all selected files together
 * @param maxFiles how many files may be selected
 * @param wallTime for the whole download, retries and waiting included
 */
public record DownloadLimits(
    long maxFileBytes, long maxTotalBytes, int maxFiles, Duration wallTime) {

  /** Refuses limits that allow nothing. */
  public DownloadLimits {
    if (maxFileBytes < 1 || maxTotalBytes < 1 || maxFiles < 1) {
      throw new IllegalArgumentException("a download's limits must be positive");
    }
    if (wallTime.isNegative() || wallTime.isZero()) {
      throw new IllegalArgumentException("a download's time limit must be positive");
    }
  }
}
