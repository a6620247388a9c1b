package dev.assay.jobs.source;

import dev.assay.chain.subtensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * One cell of a sparse matrix of uids.
 *
 * @param row the validator
 */
record MatrixCell(int row, int column, int value) {
  /** All cells, or those of the wanted validators, of whom alone anything is read then. */
  static List<MatrixCell> at(
      ChainQuery query, Supplier<Map<Integer, List<Weight>>> all, IntFunction<List<Weight>> one) {
    List<MatrixCell> cells = new ArrayList<>();
    if (query.keys().isEmpty()) {
      all.get().forEach((uid, row) -> add(cells, uid, row));
    } else {
      query.keys().get().uids().forEach(uid -> add(cells, uid, one.apply(uid)));
    }
    return cells;
  }

  private static void add(List<MatrixCell> cells, int uid, List<Weight> row) {
    row.forEach(cell -> cells.add(new MatrixCell(uid, cell.uid(), cell.value())));
  }
}
