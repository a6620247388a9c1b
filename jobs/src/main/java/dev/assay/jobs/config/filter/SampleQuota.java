package dev.assay.jobs.config.filter;

import dev.assay.score.Limits;
import java.util.Collection;

/**
 * How many of a window's samples may be of one source, or have one answerer.
 *
 * @param most so many at most; 0 for no limit
 * @param share at most this part of all that the quota lets through, up to 1; 0 for no limit
 */
public record SampleQuota(int most, double share) {
  /** Limits nothing. */
  public static final SampleQuota NONE = new SampleQuota(0, 0);

  /** Ten times a tenth is a whole, however doubles are rounded. */
  private static final double ROUNDING = 1e-9;

  void require(String key) {
    Limits.all(
        () -> Limits.between(key + ".most", most, 0, Integer.MAX_VALUE),
        () -> Limits.between(key + ".share", share, 0, 1));
  }

  /** Whether it limits anything. */
  public boolean inUse() {
    return most > 0 || share > 0;
  }

  /**
   * The most that each may give so that none has more than its share of what all give together: 0
   * where they are too few for that, of two for a share of 0.4 for instance.
   *
   * @param offered how many each has
   */
  public int each(Collection<Integer> offered) {
    int low = 0;
    int high = most == 0 ? Integer.MAX_VALUE : most;
    if (share == 0) {
      return high;
    }
    high = Math.min(high, offered.stream().mapToInt(Integer::intValue).max().orElse(0));
    // Whatever fits, everything below it fits too: the sum grows ever more slowly.
    while (low < high) {
      int middle = low + (high - low + 1) / 2;
      long together = offered.stream().mapToLong(count -> Math.min(count, middle)).sum();
      if (middle <= share * together + ROUNDING) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
