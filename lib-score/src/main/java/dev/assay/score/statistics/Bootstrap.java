package dev.assay.score.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

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
    int[] filled = IntStream.range(0, count).filter(c -> sizes[c] > 0).toArray();
    double mean = Arrays.stream(sums).sum() / Math.max(1, Arrays.stream(sizes).sum());
    if (filled.length < 2) {
      return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double[] means = new double[resamples];
    for (int draw = 0; draw < resamples; draw++) {
      double sum = 0;
      int size = 0;
      for (int i = 0; i < filled.length; i++) {
        int cluster = filled[random.nextInt(filled.length)];
        sum += sums[cluster];
        size += sizes[cluster];
      }
      means[draw] = sum / size;
    }
    Arrays.sort(means);
    int tail = (int) ((1 - confidence) / 2 * resamples);
    return new Interval(mean, means[tail], means[resamples - 1 - tail]);
  }
}
