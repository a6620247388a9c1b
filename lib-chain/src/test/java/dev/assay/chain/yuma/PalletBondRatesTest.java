package dev.assay.chain.yuma;

import static dev.assay.chain.yuma.Fixed.assertClose;
import static dev.assay.chain.yuma.Fixed.sparse;
import static dev.assay.chain.yuma.Fixed.vector;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * The pallet's own vectors for how bonds follow weights, at one rate or at a cell's own
 * (pallets/subtensor/src/tests/math.rs at commit 14bc6f9f9), exact or within the tolerance given
 * there. Each test names the one it takes its numbers from.
 */
class PalletBondRatesTest {
  private static final double[] ONE_TO_TWELVE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  private static final double[] ZEROS = new double[12];

  /** test_math_sparse_mat_ema_alpha. */
  @Test
  void bondsFollowAtOneRateForEachCell() {
    SparseMatrix old = sparse(4, 0.1, 0.2, 3, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.10, 0.11, 0.12);
    assertClose(
        follow(sparse(4, ONE_TO_TWELVE), old, column -> Fixed.of(0.1)),
        sparse(4, 0.19, 0.38, 1, 0.43599, 0.545, 0.65399, 0.763, 0.87199, 0.981, 1, 1, 1),
        1e-4);
    SparseMatrix small =
        sparse(
            4, 0.001, 0.002, 0.003, 0.004, 0.05, 0.006, 0.007, 0.008, 0.009, 0.010, 0.011, 0.012);
    SparseMatrix next =
        sparse(4, 0.1, 0.2, 3, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.10, 0.11, 0.12);
    assertClose(
        follow(next, small, column -> Fixed.of(0.1)),
        sparse(
            4, 0.0109, 0.0218, 0.30270, 0.007599, 0.05, 0.01139, 0.0133, 0.01519, 0.017, 0.01899,
            0.02089, 0.0227),
        1e-4);
    assertClose(
        follow(next, sparse(4, ZEROS), column -> Fixed.of(0.1)),
        sparse(
            4, 0.01, 0.02, 0.3, 0.00399, 0.005, 0.00599, 0.007, 0.00799, 0.009, 0.01, 0.011,
            0.01199),
        1e-4);
    assertClose(
        follow(sparse(4, ZEROS), sparse(4, ZEROS), column -> Fixed.of(0.1)),
        sparse(4, ZEROS),
        1e-4);
    assertClose(
        follow(
            sparse(4, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0),
            sparse(4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            column -> Fixed.of(0.1)),
        sparse(4, 0, 0, 0, 0, 0.2, 0, 0, 0, 0, 0, 0, 0),
        1e-1);
  }

  /**
   * test_mat_ema_alpha_sparse_single_element, …_multiple_elements, …_one_alpha, …_mixed_alpha and
   * …_sparse_matrix.
   */
  @Test
  void aBondIsAtMostOne() {
    assertClose(follow(sparse(1, 1), sparse(1, 2), column -> Fixed.of(0.5)), sparse(1, 1), 0);
    assertClose(follow(sparse(1, 1), sparse(1, 2), column -> Fixed.of(1)), sparse(1, 1), 0);
    for (double rate : new double[] {0.1, 0.3, 0.7}) {
      assertClose(
          follow(sparse(2, 1, 2, 3, 4), sparse(2, 5, 6, 7, 8), column -> Fixed.of(rate)),
          sparse(2, 1, 1, 1, 1),
          1e-6);
    }
    assertClose(
        follow(sparse(2, 1, 0, 0, 4), sparse(2, 5, 0, 0, 8), column -> Fixed.of(0.5)),
        sparse(2, 1, 0, 0, 1),
        0);
  }

  /**
   * test_mat_ema_alpha_sparse_varying_alpha, whose numbers are 64-bit floats: ours add an error of
   * up to 1e-7.
   */
  @Test
  void eachCellHasItsOwnRate() {
    long[][] rates = {vector(0.9, 0.8), vector(0.5, 0.7)};
    SparseMatrix followed =
        MovingAverage.follow(
            sparse(2, 0.1, 0.2, 0.3, 0.4),
            sparse(2, 0.5, 0.6, 0.7, 0.8),
            row -> column -> rates[row][column]);
    assertClose(followed, sparse(2, 0.14, 0.28, 0.499999, 0.519999), 1.1e-6);
  }

  /** test_liquid_alpha_equal_values_against_itself, in the sparse form that epochs run. */
  @Test
  void liquidAlphaWithEqualEndsIsTheFixedRate() {
    SparseMatrix weights = sparse(4, 0, 0.1, 0, 0, 0.2, 0.4, 0, 0.3, 0.1, 0, 0.4, 0.5);
    SparseMatrix bonds = sparse(4, 0.1, 0.1, 0.5, 0, 0, 0.4, 0.5, 0.1, 0.1, 0, 0.4, 0.2);
    LiquidAlpha alpha = new LiquidAlpha(65535 / 10, 65535 / 10, 1000);
    long[] consensus = vector(0.3, 0.2, 0.1, 0.4);

    SparseMatrix liquid =
        MovingAverage.follow(weights, bonds, row -> alpha.rates(weights, bonds, row, consensus));
    SparseMatrix fixed = MovingAverage.follow(weights, bonds, MovingAverage.fixedRate(900_000));

    for (int row = 0; row < 4; row++) {
      for (int column : weights.columns(row)) {
        assertThat(Math.abs(liquid.dense(row)[column] - fixed.dense(row)[column]))
            .isLessThanOrEqualTo(Fixed.of(1e-3));
      }
    }
  }

  /**
   * The sparse pass over ascending columns: a cell behind a higher column is read as zero, and its
   * rate is the one for no weight.
   */
  @Test
  void aWeightOutOfOrderIsNotSeenByTheRate() {
    SparseMatrix ordered =
        SparseMatrix.ofRows(
            rows(new UidValue(0, 60000), new UidValue(1, 30000)), I32F32::ofU16Proportion);
    SparseMatrix disordered =
        SparseMatrix.ofRows(
            rows(new UidValue(1, 30000), new UidValue(0, 60000)), I32F32::ofU16Proportion);
    SparseMatrix noBonds =
        SparseMatrix.ofRows(List.of(List.of(), List.of()), I32F32::ofU16Proportion);
    LiquidAlpha alpha = new LiquidAlpha(6553, 58982, 1000);
    long[] consensus = vector(0.1, 0.1);

    assertThat(alpha.rates(disordered, noBonds, 0, consensus).applyAsLong(1))
        .isEqualTo(alpha.rates(ordered, noBonds, 0, consensus).applyAsLong(1));
    assertThat(alpha.rates(disordered, noBonds, 0, consensus).applyAsLong(0))
        .isEqualTo(alpha.sigmoid().rate(consensus[0], 0, 0));
    assertThat(alpha.rates(ordered, noBonds, 0, consensus).applyAsLong(0))
        .isNotEqualTo(alpha.sigmoid().rate(consensus[0], 0, 0));
  }

  private static List<List<UidValue>> rows(UidValue... first) {
    return List.of(List.of(first), List.of());
  }

  private static SparseMatrix follow(
      SparseMatrix weights, SparseMatrix bonds, IntToLongFunction rate) {
    return MovingAverage.follow(weights, bonds, row -> rate);
  }
}
