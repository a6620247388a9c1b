package dev.assay.score.statistics;

import java.util.Arrays;

/**
 * What one window's samples alone say of a difference: percentiles of the mean over clusters drawn
 * with replacement (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13).
 * For reports; it holds for one look at one window only and therefore decides nothing.
 */
public final class Bootstrap {
  private Bootstrap() {}

  /**
   * The interval of a mean.
   *
   * @param values one for each sample
   * @param clusters for each sample the number of its cluster, from 0; -1 where it is skipped
   * @param resamples how many draws, at least 20
   * @param confidence probability between the bounds, for example 0.95
   */
  public static Interval mean(
      double[] values, int[] clusters, int resamples, double confidence, SeededRandom random) {
    int count = 1 + Arrays.stream(clusters).max().orElse(-1);
    double[] sums = new double[count];
    int[] sizes = new int[count];
    for (int i = 0; i < values.length; i++) {
      if (clusters[i] >= 0) {
        sums[clusters[i]] += values[i];
        sizes[clusters[i]]++;
      }
    }
    double mean = Arrays.stream(sums).sum() / Math.max(1, Arrays.stream(sizes).sum());
    int filled = moveFilledToFront(sums, sizes);
    if (filled < 2) {
      return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double[] means = new double[resamples];
    for (int draw = 0; draw < resamples; draw++) {
      means[draw] = resampled(sums, sizes, filled, random);
    }
    Arrays.sort(means);
    int tail = (int) ((1 - confidence) / 2 * resamples);
    return new Interval(mean, means[tail], means[resamples - 1 - tail]);
  }

  private static int moveFilledToFront(double[] sums, int[] sizes) {
    int filled = 0;
    for (int cluster = 0; cluster < sizes.length; cluster++) {
      if (sizes[cluster] > 0) {
        sums[filled] = sums[cluster];
        sizes[filled++] = sizes[cluster];
      }
    }
    return filled;
  }

  /** The mean of as many clusters as there are, of which 64 random bits draw two. */
  private static double resampled(double[] sums, int[] sizes, int filled, SeededRandom random) {
    double sum = 0;
    int size = 0;
    for (int i = 0; i < filled; i += 2) {
      long bits = random.nextLong();
      int one = below(filled, bits >>> 32);
      sum += sums[one];
      size += sizes[one];
      if (i + 1 < filled) {
        int other = below(filled, bits & 0xFFFF_FFFFL);
        sum += sums[other];
        size += sizes[other];
      }
    }
    return sum / size;
  }

  /** From 0 to {@code bound}, excluded, of 32 bits; the bias is below bound · 2⁻³². */
  private static int below(int bound, long bits) {
    return (int) ((bits * bound) >>> 32);
  }
}
