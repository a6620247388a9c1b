package dev.assay.score.weights;

import dev.assay.score.Limits;
import dev.assay.score.rules.WeightLimits;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Weights as the chain takes them: by UID ascending, the largest 65535, zeros left out. The steps
 * are those of the Bittensor SDK (v11, intents/weights): a weight above the limit is cut so that it
 * is exactly the limit of the new sum, then w · 65535 / max is rounded half to even.
 *
 * @param weights ascending by UID; empty where nobody earned anything, and then nothing is to be
 *     set
 */
public record WeightVector(List<UidWeight> weights) {
  private static final int MAX = WeightLimits.MAX;

  /** What a vector with too few weights gives everybody (SDK v10, process_weights). */
  private static final double FILLER = 1e-5;

  public WeightVector {
    weights = List.copyOf(weights);
  }

  /**
   * Converts weights.
   *
   * @param weights weight by UID, finite and at least 0. UIDs with weight 0 are those that may be
   *     filled in: where fewer than {@code minCount} are above 0, everyone in the map is given 10⁻⁵
   *     of the sum on top, which is 1 of 65535
   * @throws IllegalArgumentException if a weight is not finite or below 0, or the map holds fewer
   *     than {@code minCount} UIDs
   */
  public static WeightVector of(SortedMap<Integer, Double> weights, WeightLimits limits) {
    int[] uids = weights.keySet().stream().mapToInt(Integer::intValue).toArray();
    double[] values = weights.values().stream().mapToDouble(Double::doubleValue).toArray();
    for (int i = 0; i < values.length; i++) {
      Limits.between("weight of uid " + uids[i], values[i], 0, Double.MAX_VALUE);
    }
    double largest = Arrays.stream(values).max().orElse(0);
    if (largest == 0) {
      return new WeightVector(List.of());
    }
    // Scaled first, so that no sum overflows and the smallest numbers keep their digits.
    double[] shares = Arrays.stream(values).map(value -> value / largest).toArray();
    int[] integers = toU16(clipped(filled(shares, limits.minCount()), limits.maxWeight()));
    keepWithin(integers, limits.maxWeight());
    return new WeightVector(
        IntStream.range(0, uids.length)
            .filter(i -> integers[i] > 0)
            .mapToObj(i -> new UidWeight(uids[i], integers[i]))
            .toList());
  }

  /**
   * A weight's share of its vector, which is the one figure that people are told for it. It is a
   * multiple of 1/65535, rounded down as the chain's epoch rounds it, so that what is read from the
   * chain shows the same digits.
   *
   * @param weight of the vector, 0 to 65535
   * @param sum of all the vector's weights
   * @return 0 to 1; 0 in an empty vector
   */
  public static double share(int weight, long sum) {
    if (sum == 0) {
      return 0;
    }
    long steps = (long) weight * MAX / sum;
    return (double) steps / MAX;
  }

  /** The weight of a UID as the chain takes it; 0 where it is left out. */
  public int of(int uid) {
    return weights.stream().filter(w -> w.uid() == uid).mapToInt(UidWeight::weight).sum();
  }

  private static double[] filled(double[] shares, int minCount) {
    if (shares.length < minCount) {
      throw new IllegalArgumentException(
          "weights: there are "
              + shares.length
              + ", the chain takes no fewer than "
              + minCount
              + "; pass every registered UID, with 0 for those without a weight");
    }
    // What rounds to 0 is not sent and so does not count.
    long sent = Arrays.stream(toU16(shares)).filter(weight -> weight > 0).count();
    if (sent >= minCount) {
      return shares;
    }
    double filler = FILLER * Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share + filler).toArray();
  }

  /**
   * Cuts the largest so that each is at most its limit of the sum. With k weights cut and the
   * others summing to r, each cut one is limit · r / (1 − limit · k). Where even equal weights
   * exceed the limit they are all equal, as in the SDK.
   */
  private static double[] clipped(double[] shares, int maxWeight) {
    double limit = maxWeight / (double) MAX;
    double sum = Arrays.stream(shares).sum();
    if (maxWeight == MAX || Arrays.stream(shares).max().orElse(0) <= limit * sum) {
      return shares;
    }
    double[] equal = new double[shares.length];
    Arrays.fill(equal, 1);
    if (shares.length * limit <= 1) {
      return equal;
    }
    double[] sorted = shares.clone();
    Arrays.sort(sorted);
    double rest = sum;
    for (int cut = 1; cut < sorted.length; cut++) {
      rest -= sorted[sorted.length - cut];
      double room = 1 - limit * cut;
      double cutoff = limit * Math.max(0, rest) / room;
      if (room > 0 && sorted[sorted.length - cut - 1] <= cutoff) {
        return Arrays.stream(shares).map(share -> Math.min(share, cutoff)).toArray();
      }
    }
    return equal;
  }

  private static int[] toU16(double[] shares) {
    double largest = Arrays.stream(shares).max().orElse(1);
    return Arrays.stream(shares)
        .mapToInt(share -> (int) Math.rint(share / largest * MAX))
        .toArray();
  }

  /**
   * The chain compares after rounding: the largest may be at most the limit of the sum. Rounding
   * can leave the sum a few units short; the smaller weights are raised by one until it is not.
   */
  private static void keepWithin(int[] integers, int maxWeight) {
    long missing = missing(integers, maxWeight);
    for (int i = 0; missing > 0 && i < integers.length; i++) {
      if (integers[i] > 0 && integers[i] < MAX) {
        integers[i]++;
        missing--;
      }
    }
  }

  private static long missing(int[] integers, int maxWeight) {
    if (maxWeight == MAX) {
      return 0;
    }
    long sum = Arrays.stream(integers).asLongStream().sum();
    long needed = ((long) MAX * MAX + maxWeight - 1) / maxWeight;
    return needed - sum;
  }
}
