package dev.assay.chain.yuma;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * A square matrix of I32F32 with only some cells present, and what the pallet does to it (math.rs,
 * the functions that end in {@code _sparse}).
 *
 * <p>A present zero differs from an absent cell, and a row keeps the order in which its validator
 * set the cells: the pallet's results depend on both. Immutable.
 */
final class SparseMatrix {
  private final int[][] columns;
  private final long[][] values;

  private SparseMatrix(int[][] columns, long[][] values) {
    this.columns = columns;
    this.values = values;
  }

  interface CellTest {
    boolean test(int row, int column);
  }

  interface CellFunction {
    long apply(int row, int column, long value);
  }

  /**
   * Reads stored rows, one for each neuron (run_epoch.rs, {@code get_weights_sparse}, {@code
   * get_bonds_sparse}). A uid without a neuron is dropped: the bonds' reader keeps it, but no later
   * step looks at it.
   */
  static SparseMatrix ofRows(List<List<UidValue>> rows, IntToLongFunction conversion) {
    int n = rows.size();
    int[][] columns = new int[n][];
    long[][] values = new long[n][];
    for (int i = 0; i < n; i++) {
      List<UidValue> row = rows.get(i).stream().filter(cell -> cell.uid() < n).toList();
      columns[i] = row.stream().mapToInt(UidValue::uid).toArray();
      values[i] = row.stream().mapToLong(cell -> conversion.applyAsLong(cell.value())).toArray();
    }
    return new SparseMatrix(columns, values);
  }

  int size() {
    return columns.length;
  }

  /** The columns of a row's cells, in the order of the row; not to be written to. */
  int[] columns(int row) {
    return columns[row];
  }

  /** The values of a row's cells, in the order of the row; not to be written to. */
  long[] values(int row) {
    return values[row];
  }

  /** Only the cells that pass. */
  SparseMatrix filter(CellTest test) {
    Builder result = new Builder(size());
    for (int i = 0; i < size(); i++) {
      result.startRow(columns[i].length);
      for (int k = 0; k < columns[i].length; k++) {
        if (test.test(i, columns[i][k])) {
          result.add(columns[i][k], values[i][k]);
        }
      }
    }
    return result.build();
  }

  /** The same cells with other values. */
  SparseMatrix map(CellFunction function) {
    long[][] mapped = new long[size()][];
    for (int i = 0; i < size(); i++) {
      mapped[i] = new long[columns[i].length];
      for (int k = 0; k < columns[i].length; k++) {
        mapped[i][k] = function.apply(i, columns[i][k], values[i][k]);
      }
    }
    return new SparseMatrix(columns, mapped);
  }

  /** The sum of each row ({@code row_sum_sparse}). */
  long[] rowSums() {
    return Arrays.stream(values).mapToLong(FixedVector::sum).toArray();
  }

  /**
   * Each row divided by its sum; a row without a positive sum stays ({@code
   * inplace_row_normalize_sparse}).
   */
  SparseMatrix normalizeRows() {
    long[] sums = rowSums();
    return map((row, column, value) -> sums[row] > 0 ? I32F32.safeDiv(value, sums[row]) : value);
  }

  /**
   * Each column divided by its sum; a column that sums to zero stays ({@code
   * inplace_col_normalize_sparse}).
   */
  SparseMatrix normalizeColumns() {
    return divideColumns(foldColumns(I32F32::add));
  }

  /** Each column divided by its greatest value ({@code inplace_col_max_upscale_sparse}). */
  SparseMatrix upscaleColumns() {
    return divideColumns(foldColumns(Math::max));
  }

  private SparseMatrix divideColumns(long[] divisors) {
    return map(
        (row, column, value) ->
            divisors[column] == 0 ? value : I32F32.safeDiv(value, divisors[column]));
  }

  private long[] foldColumns(java.util.function.LongBinaryOperator operator) {
    long[] folded = new long[size()];
    for (int i = 0; i < size(); i++) {
      for (int k = 0; k < columns[i].length; k++) {
        int column = columns[i][k];
        folded[column] = operator.applyAsLong(folded[column], values[i][k]);
      }
    }
    return folded;
  }

  /** Each row times its element of {@code vector} ({@code row_hadamard_sparse}). */
  SparseMatrix scaleRows(long[] vector) {
    return map((row, column, value) -> I32F32.multiply(value, vector[row]));
  }

  /** For each column j the sum over i of {@code vector[i] * cell(i, j)} ({@code matmul_sparse}). */
  long[] weightedColumnSums(long[] vector) {
    return scaleRows(vector).foldColumns(I32F32::add);
  }

  /**
   * For each row i the sum over j of {@code vector[j] * cell(i, j)} ({@code
   * matmul_transpose_sparse}).
   */
  long[] weightedRowSums(long[] vector) {
    return map((row, column, value) -> I32F32.multiply(value, vector[column])).rowSums();
  }

  /**
   * Values above their column's limit are cut to it; where the limit is not positive the cell goes
   * ({@code col_clip_sparse}).
   */
  SparseMatrix clipColumns(long[] limits) {
    Builder result = new Builder(size());
    for (int i = 0; i < size(); i++) {
      result.startRow(columns[i].length);
      for (int k = 0; k < columns[i].length; k++) {
        long limit = limits[columns[i][k]];
        if (values[i][k] <= limit || limit > 0) {
          result.add(columns[i][k], Math.min(values[i][k], limit));
        }
      }
    }
    return result.build();
  }

  /**
   * {@code this + ratio * (other - this)}. Ratios 0 and 1 return the operand untouched; any other
   * keeps positive cells only, in the order of their columns ({@code interpolate_sparse}).
   */
  SparseMatrix interpolate(SparseMatrix other, long ratio) {
    if (ratio == I32F32.ZERO) {
      return this;
    }
    if (ratio == I32F32.ONE) {
      return other;
    }
    Builder result = new Builder(size());
    for (int i = 0; i < size(); i++) {
      long[] from = dense(i);
      long[] to = other.dense(i);
      result.startRow(size());
      for (int j = 0; j < size(); j++) {
        result.addPositive(
            j, I32F32.add(from[j], I32F32.multiply(ratio, I32F32.subtract(to[j], from[j]))));
      }
    }
    return result.build();
  }

  /**
   * A row with a value for every column, zero where there is no cell; of cells for one column the
   * last counts.
   */
  long[] dense(int row) {
    long[] dense = new long[size()];
    for (int k = 0; k < columns[row].length; k++) {
      dense[columns[row][k]] = values[row][k];
    }
    return dense;
  }

  /** Collects a matrix row by row. */
  static final class Builder {
    private final int[][] columns;
    private final long[][] values;
    private int row = -1;
    private int length;

    Builder(int size) {
      columns = new int[size][];
      values = new long[size][];
    }

    void startRow(int capacity) {
      finishRow();
      row++;
      length = 0;
      columns[row] = new int[capacity];
      values[row] = new long[capacity];
    }

    void add(int column, long value) {
      columns[row][length] = column;
      values[row][length] = value;
      length++;
    }

    void addPositive(int column, long value) {
      if (value > 0) {
        add(column, value);
      }
    }

    SparseMatrix build() {
      finishRow();
      return new SparseMatrix(columns, values);
    }

    private void finishRow() {
      if (row >= 0) {
        columns[row] = Arrays.copyOf(columns[row], length);
        values[row] = Arrays.copyOf(values[row], length);
      }
    }
  }
}
