package dev.assay.chain.yuma;

import static dev.assay.chain.yuma.Fixed.assertClose;
import static dev.assay.chain.yuma.Fixed.sparse;
import static dev.assay.chain.yuma.Fixed.transposed;
import static dev.assay.chain.yuma.Fixed.vector;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The pallet's own vectors for the arithmetic that an epoch uses
 * (pallets/subtensor/src/tests/math.rs at commit 14bc6f9f9), exact or within the tolerance given
 * there. Each test names the one it takes its numbers from.
 */
class PalletMathTest {
  private static final double[] SIX_BY_SEVEN = {
    0, 1, 0, 2, 0, 3, 4, 0, 1, 0, 2, 0, 3, 0, 1, 0, 0, 2, 0, 3, 4, 0, 10, 0, 100, 1000, 0, 10000, 0,
    0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1
  };
  private static final double[] ONE_TO_TWELVE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  private static final double[] WITH_HOLES = {0, 2, 3, 4, 0, 6, 7, 8, 0, 10, 11, 12};
  private static final double[] ZEROS = new double[12];

  /** test_vec_max_upscale_to_u16. */
  @Test
  void sharesAreScaledToTheGreatestU16() {
    assertThat(WeightRow.maxUpscale(vector())).isEmpty();
    assertThat(WeightRow.maxUpscale(vector(0))).containsExactly(0);
    assertThat(WeightRow.maxUpscale(vector(0, 0))).containsExactly(0, 0);
    assertThat(WeightRow.maxUpscale(vector(0, 1))).containsExactly(0, 65535);
    assertThat(WeightRow.maxUpscale(vector(0, 0.000000001))).containsExactly(0, 65535);
    assertThat(WeightRow.maxUpscale(vector(0, 0.000016, 1))).containsExactly(0, 1, 65535);
    assertThat(WeightRow.maxUpscale(vector(0.000000001, 0.000000001)))
        .containsExactly(65535, 65535);
    assertThat(
            WeightRow.maxUpscale(
                vector(0.000001, 0.000006, 0.000007, 0.0001, 0.001, 0.01, 0.1, 0.2, 0.3, 0.4)))
        .containsExactly(0, 1, 1, 16, 164, 1638, 16384, 32768, 49151, 65535);
    for (int only : new int[] {16384, 32768, 32769, 65535}) {
      assertThat(WeightRow.maxUpscale(vector(only))).containsExactly(65535);
    }
    assertThat(WeightRow.maxUpscale(new long[] {I32F32.MAX})).containsExactly(65535);
    assertThat(WeightRow.maxUpscale(vector(0, 1, 65535))).containsExactly(0, 1, 65535);
    assertThat(WeightRow.maxUpscale(vector(0, 0.5, 1, 1.5, 2, 32768)))
        .containsExactly(0, 1, 2, 3, 4, 65535);
    assertThat(WeightRow.maxUpscale(vector(0, 0.5, 1, 1.5, 2, 32768, 32769)))
        .containsExactly(0, 1, 2, 3, 4, 65533, 65535);
    long[] extreme = {0, I32F32.of(1), I32F32.of(32768), I32F32.of(32769), I32F32.MAX};
    assertThat(WeightRow.maxUpscale(extreme)).containsExactly(0, 0, 1, 1, 65535);
  }

  /** test_vec_u16_max_upscale_to_u16. */
  @Test
  void weightsAreScaledToTheGreatestU16() {
    assertThat(WeightRow.maxUpscale(new int[] {})).isEmpty();
    assertThat(WeightRow.maxUpscale(new int[] {0, 0})).containsExactly(0, 0);
    assertThat(WeightRow.maxUpscale(new int[] {1})).containsExactly(65535);
    assertThat(WeightRow.maxUpscale(new int[] {0, 1})).containsExactly(0, 65535);
    assertThat(WeightRow.maxUpscale(new int[] {65534})).containsExactly(65535);
    assertThat(WeightRow.maxUpscale(new int[] {65535, 65535})).containsExactly(65535, 65535);
    assertThat(WeightRow.maxUpscale(new int[] {0, 1, 65534})).containsExactly(0, 1, 65535);
    assertThat(WeightRow.maxUpscale(new int[] {0, 1, 2, 3, 4, 65533, 65535}))
        .containsExactly(0, 1, 2, 3, 4, 65533, 65535);
  }

  /** test_check_vec_max_limited. */
  @Test
  void aWeightAboveItsLimitIsSeen() {
    assertThat(WeightRow.isWithinLimit(new int[] {}, 0)).isTrue();
    assertThat(WeightRow.isWithinLimit(new int[] {}, 65535)).isTrue();
    assertThat(WeightRow.isWithinLimit(new int[] {65535}, 65535)).isTrue();
    assertThat(WeightRow.isWithinLimit(new int[] {65535}, 65534)).isFalse();
    assertThat(WeightRow.isWithinLimit(new int[] {65535}, 0)).isFalse();
    assertThat(WeightRow.isWithinLimit(new int[] {0}, 65535)).isTrue();
    assertThat(WeightRow.isWithinLimit(new int[] {0, 65535}, 65535)).isTrue();
    assertThat(WeightRow.isWithinLimit(new int[] {0, 65535, 65535}, 32767)).isFalse();
    assertThat(WeightRow.isWithinLimit(new int[] {0, 65535, 65535}, 32768)).isTrue();
    assertThat(WeightRow.isWithinLimit(new int[] {0, 65535, 65535, 65535}, 21844)).isFalse();
    assertThat(WeightRow.isWithinLimit(new int[] {0, 65535, 65535, 65535}, 21845)).isTrue();
  }

  /** test_math_fixed_to_u16, test_fixed_proportion_to_u16 and their saturating companions. */
  @Test
  void conversionsToU16SaturateAndTruncate() {
    assertThat(I32F32.toU16(I32F32.of(65535))).isEqualTo(65535);
    assertThat(I32F32.toU16(I32F32.of(-1))).isZero();
    assertThat(I32F32.toU16(I32F32.MAX)).isEqualTo(65535);
    assertThat(I32F32.toU16Proportion(I32F32.ONE)).isEqualTo(65535);
    assertThat(I32F32.toU16Proportion(I32F32.of(-1))).isZero();
    assertThat(I32F32.toU16Proportion(I32F32.MAX)).isEqualTo(65535);
    assertThat(I32F32.ofU16Proportion(65535)).isEqualTo(I32F32.ONE);
  }

  /** test_math_fixed64_to_u64, test_math_fixed64_to_fixed32 and their saturating companions. */
  @Test
  void conversionsFromI64F64SaturateAndTruncate() {
    assertThat(I64F64.ofU64(Long.MAX_VALUE).toU64()).isEqualTo(Long.MAX_VALUE);
    assertThat(I64F64.ofU64(-1).toU64()).isEqualTo(Long.MAX_VALUE);
    assertThat(new I64F64(java.math.BigInteger.ONE.negate()).toU64()).isZero();
    assertThat(I64F64.ofU64(2_147_483_647).toI32F32()).isEqualTo(I32F32.of(2_147_483_647));
    assertThat(I64F64.ofU64(4_294_967_296L).toI32F32()).isEqualTo(I32F32.MAX);
  }

  /** test_math_exp_safe. */
  @Test
  void theExponentialIsClamped() {
    assertThat(Exponential.exp(0)).isEqualTo(I32F32.ONE);
    // Euler's number with 23 fraction bits.
    assertThat(Exponential.exp(I32F32.ONE)).isEqualTo((long) Math.floor(Math.E * 0x1p23) << 9);
    assertThat(Exponential.exp(I32F32.of(-21))).isEqualTo(Exponential.exp(I32F32.of(-20)));
    assertThat(Exponential.exp(I32F32.MIN)).isEqualTo(Exponential.exp(I32F32.of(-20)));
    assertThat(Exponential.exp(I32F32.of(21))).isEqualTo(Exponential.exp(I32F32.of(20)));
    assertThat(Exponential.exp(I32F32.MAX)).isEqualTo(Exponential.exp(I32F32.of(20)));
  }

  /** test_math_is_topk, on vectors whose zeros are not among the top. */
  @Test
  void theTopAreTheGreatestAndOfEqualOnesTheLater() {
    assertThat(FixedVector.topNonZero(vector(), 5)).isEmpty();
    assertTop(vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 0);
    assertTop(vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 5, 5, 6, 7, 8, 9);
    assertTop(vector(9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 5, 0, 1, 2, 3, 4);
    assertTop(vector(9, 0, 8, 1, 7, 2, 6, 3, 5, 4), 5, 0, 2, 4, 6, 8);
    assertTop(vector(0.9, 0, 0.8, 0.1, 0.7, 0.2, 0.6, 0.3, 0.5, 0.4), 5, 0, 2, 4, 6, 8);
    assertTop(vector(0, 1, 2, 3, 4, 5, 5, 5, 5, 6), 5, 5, 6, 7, 8, 9);
    assertTop(vector(5, 5, 5, 5), 2, 2, 3);
    assertTop(vector(0, 1, 2), 100, 1, 2);
  }

  private static void assertTop(long[] vector, int k, int... expected) {
    boolean[] top = FixedVector.topNonZero(vector, k);
    assertThat(IntStream.range(0, top.length).filter(i -> top[i]))
        .containsExactly(Arrays.stream(expected).boxed().toArray(Integer[]::new));
  }

  /** test_math_normalize and test_math_inplace_normalize. */
  @Test
  void vectorsAreNormalized() {
    assertThat(FixedVector.normalize(vector())).isEmpty();
    assertThat(FixedVector.normalize(vector(0, 0))).containsExactly(0, 0);
    assertClose(
        FixedVector.normalize(vector(1, 10, 30)),
        vector(0.0243902437, 0.243902439, 0.7317073171),
        1e-4);
    assertClose(
        FixedVector.normalize(vector(-1, 10, 30)),
        vector(-0.0256410255, 0.2564102563, 0.769230769),
        1e-4);
  }

  /** test_math_inplace_row_normalize_sparse. */
  @Test
  void rowsAreNormalized() {
    SparseMatrix expected =
        sparse(
            6, 0, 0.1, 0, 0.2, 0, 0.3, 0.4, 0, 0.166666, 0, 0.333333, 0, 0.5, 0, 0.1, 0, 0, 0.2, 0,
            0.3, 0.4, 0, 0.0009, 0, 0.009, 0.09, 0, 0.9, 0, 0, 0, 0, 0, 0, 0, 0.142857, 0.142857,
            0.142857, 0.142857, 0.142857, 0.142857, 0.142857);
    assertClose(sparse(6, SIX_BY_SEVEN).normalizeRows(), expected, 1e-4);
    assertClose(sparse(3, ZEROS).normalizeRows(), sparse(3, ZEROS), 0);
  }

  /** test_math_inplace_col_normalize_sparse. */
  @Test
  void columnsAreNormalized() {
    SparseMatrix expected =
        transposed(
            6, 0, 0.1, 0, 0.2, 0, 0.3, 0.4, 0, 0.166666, 0, 0.333333, 0, 0.5, 0, 0.1, 0, 0, 0.2, 0,
            0.3, 0.4, 0, 0.0009, 0, 0.009, 0.09, 0, 0.9, 0, 0, 0, 0, 0, 0, 0, 0.142857, 0.142857,
            0.142857, 0.142857, 0.142857, 0.142857, 0.142857);
    assertClose(transposed(6, SIX_BY_SEVEN).normalizeColumns(), expected, 1e-4);
    assertClose(sparse(3, ZEROS).normalizeColumns(), sparse(3, ZEROS), 0);
  }

  /** test_math_inplace_col_max_upscale_sparse. */
  @Test
  void columnsAreScaledToTheirGreatest() {
    SparseMatrix expected =
        transposed(
            6, 0, 0.25, 0, 0.5, 0, 0.75, 1, 0, 0.333333, 0, 0.666666, 0, 1, 0, 0.25, 0, 0, 0.5, 0,
            0.75, 1, 0, 0.001, 0, 0.01, 0.1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
    assertClose(transposed(6, SIX_BY_SEVEN).upscaleColumns(), expected, 1e-4);
    assertClose(sparse(3, ZEROS).upscaleColumns(), sparse(3, ZEROS), 0);
  }

  /** test_math_row_hadamard_sparse. */
  @Test
  void rowsAreScaledByAVector() {
    long[] factors = vector(1, 2, 3, 4);
    assertClose(
        sparse(4, ONE_TO_TWELVE).scaleRows(factors),
        sparse(4, 1, 2, 3, 8, 10, 12, 21, 24, 27, 40, 44, 48),
        0);
    assertClose(
        sparse(4, WITH_HOLES).scaleRows(factors),
        sparse(4, 0, 2, 3, 8, 0, 12, 21, 24, 0, 40, 44, 48),
        0);
    assertClose(sparse(4, ZEROS).scaleRows(factors), sparse(4, ZEROS), 0);
  }

  /** test_math_row_sum_sparse. */
  @Test
  void rowsAreSummed() {
    assertThat(sparse(4, ONE_TO_TWELVE).rowSums()).isEqualTo(vector(6, 15, 24, 33));
    assertThat(sparse(4, WITH_HOLES).rowSums()).isEqualTo(vector(5, 10, 15, 33));
    assertThat(sparse(4, ZEROS).rowSums()).isEqualTo(vector(0, 0, 0, 0));
  }

  /**
   * test_math_sparse_matmul; the matrices have four rows and three columns, the fourth column is
   * ours and empty.
   */
  @Test
  void columnsAreSummedWithWeights() {
    long[] weights = vector(1, 2, 3, 4);
    assertThat(sparse(4, ONE_TO_TWELVE).weightedColumnSums(weights))
        .isEqualTo(vector(70, 80, 90, 0));
    assertThat(sparse(4, WITH_HOLES).weightedColumnSums(weights)).isEqualTo(vector(69, 70, 63, 0));
    assertThat(sparse(4, ZEROS).weightedColumnSums(weights)).isEqualTo(vector(0, 0, 0, 0));
  }

  /** test_math_sparse_matmul_transpose. */
  @Test
  void rowsAreSummedWithWeights() {
    long[] weights = vector(1, 2, 3, 0);
    assertThat(sparse(4, ONE_TO_TWELVE).weightedRowSums(weights)).isEqualTo(vector(14, 32, 50, 68));
    assertThat(sparse(4, WITH_HOLES).weightedRowSums(weights)).isEqualTo(vector(13, 22, 23, 68));
    assertThat(sparse(4, ZEROS).weightedRowSums(weights)).isEqualTo(vector(0, 0, 0, 0));
  }

  /** test_math_col_clip_sparse. */
  @Test
  void columnsAreClippedAndCellsWithoutAnyLimitGo() {
    long[] limits = vector(0, 5, 12, 0);
    assertClose(
        sparse(4, ONE_TO_TWELVE).clipColumns(limits),
        sparse(4, 0, 2, 3, 0, 5, 6, 0, 5, 9, 0, 5, 12),
        0);
    assertClose(
        sparse(4, 1, 2, 3, 4, 5, 6, 0, 0, 0, 10, 11, 12).clipColumns(limits),
        sparse(4, 0, 2, 3, 0, 5, 6, 0, 0, 0, 0, 5, 12),
        0);
    assertClose(sparse(4, ZEROS).clipColumns(limits), sparse(4, ZEROS), 0);
  }

  /** test_math_weighted_median, its fixed cases. */
  @Test
  void theMedianIsWhereTheMajorityOfStakeAgrees() {
    assertMedian(vector(), vector(), 0);
    assertMedian(vector(1), vector(1), 1);
    assertMedian(vector(0.49, 0.51), vector(0.5, 1), 1);
    assertMedian(vector(0.51, 0.49), vector(0.5, 1), 0.5);
    assertMedian(vector(0.49, 0, 0.51), vector(0.5, 0.7, 1), 1);
    assertMedian(vector(0.49, 0.01, 0.5), vector(0.5, 0.7, 1), 0.7);
    assertMedian(vector(0.49, 0.51, 0), vector(0.5, 0.7, 1), 0.7);
    assertMedian(vector(0, 0.49, 0.51), vector(0.5, 0.7, 1), 1);
    assertMedian(vector(0, 0.49, 0, 0.51), vector(0.5, 0.5, 1, 1), 1);
    assertMedian(vector(0, 0.49, 0, 0.51, 0), vector(0.5, 0.5, 1, 1, 0.5), 1);
    assertMedian(vector(0.2, 0.2, 0.2, 0.2, 0.2), vector(0.8, 0.2, 1, 0.6, 0.4), 0.6);
    assertMedian(
        vector(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
        vector(0.8, 0.8, 0.2, 0.2, 1, 1, 0.6, 0.6, 0.4, 0.4),
        0.6);
  }

  private static void assertMedian(long[] stake, long[] score, double expected) {
    long minority = I32F32.ONE - Fixed.of(0.51);
    assertThat(WeightedMedian.of(stake, score, minority, FixedVector.sum(stake)))
        .isEqualTo(Fixed.of(expected));
  }

  /** test_math_weighted_median_col_sparse. */
  @Test
  void theMedianOfAColumnCountsAbsentCellsAsZero() {
    assertThat(WeightedMedian.ofColumns(vector(0, 0), sparse(2, 0, 0, 0, 0), Fixed.of(0.5)))
        .containsExactly(0, 0);

    long[] stake = vector(0, 0.75, 0.25, 0);
    SparseMatrix weights = sparse(4, 0, 0.1, 0, 0, 0.2, 0.4, 0, 0.3, 0.1, 0, 0.4, 0.5);
    assertThat(WeightedMedian.ofColumns(stake, weights, Fixed.of(0.24)))
        .isEqualTo(vector(0, 0.3, 0.4, 0));
    assertThat(WeightedMedian.ofColumns(stake, weights, Fixed.of(0.26)))
        .isEqualTo(vector(0, 0.2, 0.4, 0));
    assertThat(WeightedMedian.ofColumns(stake, weights, Fixed.of(0.76)))
        .isEqualTo(vector(0, 0.2, 0.1, 0));

    SparseMatrix other = sparse(4, 0, 0.1, 0, 0, 0.2, 0.4, 0, 0.3, 0.1, 0, 0, 0.5);
    assertThat(WeightedMedian.ofColumns(vector(0, 0.3, 0.2, 0.5), other, Fixed.of(0.51)))
        .isEqualTo(vector(0, 0, 0.4, 0));
  }

  /** test_math_interpolate_sparse. */
  @Test
  void matricesAreInterpolated() {
    SparseMatrix nothing = sparse(1, 0);
    assertClose(nothing.interpolate(sparse(1, 1), Fixed.of(0)), nothing, 0);
    assertClose(nothing.interpolate(sparse(1, 1), Fixed.of(0.5)), sparse(1, 0.5), 0);
    assertClose(nothing.interpolate(sparse(1, 1), Fixed.of(1)), sparse(1, 1), 0);

    SparseMatrix from = sparse(3, 1, 0, 100, 1000, 10000, 100000);
    SparseMatrix to = sparse(3, 10, 100, 1000, 10000, 100000, 0);
    assertClose(from.interpolate(to, Fixed.of(0)), from, 0);
    assertClose(
        from.interpolate(to, (long) (0.9 * 0x1p32)),
        sparse(3, 9.1, 90, 910, 9100, 91000, 10000),
        1e-4);

    SparseMatrix ones = sparse(4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    for (double ratio : new double[] {0.000000001, 0.5, 0.9999998808, 1}) {
      double[] cells = new double[12];
      Arrays.fill(cells, ratio);
      assertClose(sparse(4, ZEROS).interpolate(ones, Fixed.of(ratio)), sparse(4, cells), 0);
    }
  }
}
