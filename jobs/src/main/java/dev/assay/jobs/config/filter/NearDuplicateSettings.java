package dev.assay.jobs.config.filter;

import dev.assay.score.Limits;

/**
 * Which samples are refused because they resemble an earlier one.
 *
 * @param resemblance from which on two samples are too alike, 0.7 to 1: the share of five-character
 *     pieces that both have, of all that either has; 0 refuses none
 * @param windowsBack windows before a sample's own whose samples it is compared with, 0 to 100
 */
public record NearDuplicateSettings(double resemblance, int windowsBack) {
  /** Refuses nothing. */
  public static final NearDuplicateSettings NONE = new NearDuplicateSettings(0, 0);

  /** Below it, texts of one subject are alike, and the index would miss more than it finds. */
  private static final double LEAST = 0.7;

  public NearDuplicateSettings {
    Limits.all(
        () -> requireResemblance(resemblance),
        () -> Limits.between("feed.filters.near_duplicates.windows_back", windowsBack, 0, 100));
  }

  private static void requireResemblance(double resemblance) {
    if (resemblance != 0 && !(resemblance >= LEAST && resemblance <= 1)) {
      throw new IllegalArgumentException(
          "feed.filters.near_duplicates.resemblance is "
              + resemblance
              + "; from "
              + LEAST
              + " to 1, or 0 for no limit");
    }
  }

  /** Whether any sample can be refused. */
  public boolean inUse() {
    return resemblance > 0;
  }
}
