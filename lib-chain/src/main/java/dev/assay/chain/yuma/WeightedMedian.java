package dev.assay.chain.yuma;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The consensus of each column: the greatest weight that a majority of the stake supports (math.rs,
 * {@code weighted_median}).
 */
final class WeightedMedian {
  private WeightedMedian() {}

  /**
   * The weighted median of every column over the rows that hold stake, an absent cell counting as
   * zero ({@code weighted_median_col_sparse}).
   *
   * @param stake one element a row; those that are not positive take no part, the others are
   *     normalised
   * @param majority the share of the stake that must support a weight (kappa)
   */
  static long[] ofColumns(long[] stake, SparseMatrix weights, long majority) {
    int[] voters = IntStream.range(0, stake.length).filter(i -> stake[i] > 0).toArray();
    long[] voterStake =
        FixedVector.normalize(Arrays.stream(voters).mapToLong(i -> stake[i]).toArray());
    long[][] scores = new long[weights.size()][voters.length];
    for (int k = 0; k < voters.length; k++) {
      int[] columns = weights.columns(voters[k]);
      long[] values = weights.values(voters[k]);
      for (int c = 0; c < columns.length; c++) {
        scores[columns[c]][k] = values[c];
      }
    }
    long total = FixedVector.sum(voterStake);
    long minority = I32F32.subtract(total, majority);
    return Arrays.stream(scores)
        .mapToLong(score -> of(voterStake, score, minority, total))
        .toArray();
  }

  /**
   * Narrows [0, total] of the stake, sorted by score, to the score at {@code minority}. The pivot
   * is the middle element of what is left, in the order given, so the result is determined even
   * where rounding leaves a gap.
   */
  static long of(long[] stake, long[] score, long minority, long total) {
    int[] part = IntStream.range(0, stake.length).toArray();
    long low = 0;
    long high = total;
    // A part shrinks by at least its pivot each time, so this ends.
    while (part.length > 1) {
      long pivot = score[part[part.length / 2]];
      int[] lower = Arrays.stream(part).filter(i -> score[i] < pivot).toArray();
      int[] upper = Arrays.stream(part).filter(i -> score[i] > pivot).toArray();
      long lowerEdge = I32F32.add(low, sum(stake, lower));
      long upperEdge = I32F32.subtract(high, sum(stake, upper));
      if (minority < lowerEdge && lower.length > 0) {
        part = lower;
        high = lowerEdge;
      } else if (upperEdge <= minority && upper.length > 0) {
        part = upper;
        low = upperEdge;
      } else {
        return pivot;
      }
    }
    return part.length == 0 ? I32F32.ZERO : score[part[0]];
  }

  private static long sum(long[] stake, int[] part) {
    long sum = 0;
    for (int i : part) {
      sum = I32F32.add(sum, stake[i]);
    }
    return sum;
  }
}
