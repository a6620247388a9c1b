package dev.assay.chain.yuma;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the pallet does to vectors of I32F32 (math.rs). Vectors are arrays; a method returns a new
 * one.
 */
final class FixedVector {
  private FixedVector() {}

  /**
   * The plain sum; like the original in a release build it wraps, which no epoch's numbers reach.
   */
  static long sum(long[] vector) {
    long sum = 0;
    for (long value : vector) {
      sum += value;
    }
    return sum;
  }

  /** Divides by the sum; a vector whose sum is zero stays as it is ({@code inplace_normalize}). */
  static long[] normalize(long[] vector) {
    return divide(vector, sum(vector));
  }

  /**
   * Divides by {@code divisor}; by zero leaves the vector as it is ({@code
   * inplace_normalize_using_sum}).
   */
  static long[] divide(long[] vector, long divisor) {
    return divisor == 0
        ? vector.clone()
        : Arrays.stream(vector).map(value -> I32F32.safeDiv(value, divisor)).toArray();
  }

  static long[] add(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(i -> I32F32.add(a[i], b[i])).toArray();
  }

  /** The element-wise product ({@code vec_mul}). */
  static long[] multiply(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(i -> I32F32.multiply(a[i], b[i])).toArray();
  }

  /** Zero where {@code keep} is false ({@code inplace_mask_vector} with the mask negated). */
  static long[] keep(boolean[] keep, long[] vector) {
    return IntStream.range(0, vector.length).mapToLong(i -> keep[i] ? vector[i] : 0).toArray();
  }

  /**
   * Which elements are not zero and among the {@code k} greatest; of equal ones the later wins
   * ({@code is_topk_nonzero}).
   */
  static boolean[] topNonZero(long[] vector, int k) {
    boolean[] top = new boolean[vector.length];
    IntStream.range(0, vector.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> vector[i]))
        .skip(Math.max(0, vector.length - k))
        .forEach(i -> top[i] = vector[i] != 0);
    return top;
  }

  static int[] toU16Proportions(long[] vector) {
    return Arrays.stream(vector).mapToInt(I32F32::toU16Proportion).toArray();
  }
}
