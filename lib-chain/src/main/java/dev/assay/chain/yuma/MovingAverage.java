package dev.assay.chain.yuma;

import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/**
 * How bonds follow weights from one epoch to the next: exponential moving averages (math.rs, {@code
 * mat_ema_sparse} and {@code mat_ema_alpha_sparse}).
 */
final class MovingAverage {
  private MovingAverage() {}

  /**
   * {@code 1 - average / 10^6} in I32F32 (run_epoch.rs, {@code compute_ema_bonds_normal_sparse}).
   */
  static long fixedRate(long bondsMovingAverage) {
    I64F64 average = I64F64.ofU64(bondsMovingAverage).safeDividedBy(I64F64.ofU64(1_000_000));
    return I32F32.subtract(I32F32.ONE, average.toI32F32());
  }

  /**
   * {@code rate * weights + (1 - rate) * bonds}; keeps the cells that are positive, in the order of
   * their columns.
   */
  static SparseMatrix follow(SparseMatrix weights, SparseMatrix bonds, long rate) {
    long rest = I32F32.subtract(I32F32.ONE, rate);
    int n = weights.size();
    SparseMatrix.Builder result = new SparseMatrix.Builder(n);
    for (int i = 0; i < n; i++) {
      long[] row = new long[n];
      accumulate(row, weights, i, rate);
      accumulate(row, bonds, i, rest);
      result.startRow(n);
      for (int j = 0; j < n; j++) {
        result.addPositive(j, row[j]);
      }
    }
    return result.build();
  }

  private static void accumulate(long[] row, SparseMatrix matrix, int i, long factor) {
    int[] columns = matrix.columns(i);
    long[] values = matrix.values(i);
    for (int k = 0; k < columns.length; k++) {
      row[columns[k]] = I32F32.add(row[columns[k]], I32F32.multiply(factor, values[k]));
    }
  }

  /**
   * The same with a rate for each cell, cut to at most 1. Only cells of the weights' rows come out:
   * without one a bond vanishes, while a weight of zero keeps it decaying.
   *
   * @param rates for a row, the rate by column
   */
  static SparseMatrix follow(
      SparseMatrix weights, SparseMatrix bonds, IntFunction<IntToLongFunction> rates) {
    SparseMatrix.Builder result = new SparseMatrix.Builder(weights.size());
    for (int i = 0; i < weights.size(); i++) {
      IntToLongFunction rateOf = rates.apply(i);
      long[] bond = bonds.dense(i);
      int[] columns = weights.columns(i);
      long[] values = weights.values(i);
      result.startRow(columns.length);
      for (int k = 0; k < columns.length; k++) {
        int j = columns[k];
        long rate = rateOf.applyAsLong(j);
        long decayed = I32F32.multiply(I32F32.subtract(I32F32.ONE, rate), bond[j]);
        long increase = Math.max(I32F32.ZERO, I32F32.multiply(rate, values[k]));
        result.addPositive(j, Math.min(I32F32.ONE, I32F32.add(decayed, increase)));
      }
    }
    return result.build();
  }
}
