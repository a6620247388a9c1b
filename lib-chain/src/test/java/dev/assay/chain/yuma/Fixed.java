package dev.assay.chain.yuma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Builds and compares fixed-point values the way the pallet's own tests do (tests/math.rs). */
final class Fixed {
  private Fixed() {}

  /** Through a 32-bit float, as {@code vec_to_fixed}. */
  static long of(double value) {
    return (long) Math.rint((float) value * 0x1p32);
  }

  static long[] vector(double... values) {
    return Arrays.stream(values).mapToLong(Fixed::of).toArray();
  }

  /**
   * A matrix from its cells, row by row; zeros are absent cells ({@code vec_to_sparse_mat_fixed}).
   */
  static SparseMatrix sparse(int rows, double... cells) {
    return sparse(
        rows, cells.length / rows, (row, column) -> cells[row * (cells.length / rows) + column]);
  }

  /** The transpose of {@link #sparse}. */
  static SparseMatrix transposed(int rows, double... cells) {
    int columns = cells.length / rows;
    return sparse(columns, rows, (row, column) -> cells[column * columns + row]);
  }

  private interface Cells {
    double at(int row, int column);
  }

  private static SparseMatrix sparse(int rows, int columns, Cells cells) {
    int size = Math.max(rows, columns);
    SparseMatrix.Builder matrix = new SparseMatrix.Builder(size);
    for (int i = 0; i < size; i++) {
      matrix.startRow(columns);
      for (int j = 0; i < rows && j < columns; j++) {
        if (cells.at(i, j) != 0) {
          matrix.add(j, of(cells.at(i, j)));
        }
      }
    }
    return matrix.build();
  }

  /** Same cells in the same order, each within {@code tolerance}. */
  static void assertClose(SparseMatrix actual, SparseMatrix expected, double tolerance) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.columns(i)).as("columns of row %d", i).isEqualTo(expected.columns(i));
      assertClose(actual.values(i), expected.values(i), tolerance);
    }
  }

  static void assertClose(long[] actual, long[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("element %d", i)
          .isLessThanOrEqualTo(of(tolerance));
    }
  }
}
