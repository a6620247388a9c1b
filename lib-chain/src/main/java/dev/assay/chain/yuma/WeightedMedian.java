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
    int[] lower = new int[stake.length];
    int[] upper = new int[stake.length];
    int length = part.length;
    // A part shrinks by at least its pivot each time, so this ends.
    while (length > 1) {
      long pivot = score[part[length / 2]];
      int below = 0;
      int above = 0;
      long lowerStake = 0;
      long upperStake = 0;
      for (int k = 0; k < length; k++) {
        int i = part[k];
        if (score[i] < pivot) {
          lower[below++] = i;
          lowerStake = I32F32.add(lowerStake, stake[i]);
        } else if (score[i] > pivot) {
          upper[above++] = i;
          upperStake = I32F32.add(upperStake, stake[i]);
        }
      }
      long lowerEdge = I32F32.add(low, lowerStake);
      long upperEdge = I32F32.subtract(high, upperStake);
      if (minority < lowerEdge && below > 0) {
        System.arraycopy(lower, 0, part, 0, below);
        length = below;
        high = lowerEdge;
      } else if (upperEdge <= minority && above > 0) {
        System.arraycopy(upper, 0, part, 0, above);
        length = above;
        low = upperEdge;
      } else {
        return pivot;
      }
    }
    return length == 0 ? I32F32.ZERO : score[part[0]];
  }
}
