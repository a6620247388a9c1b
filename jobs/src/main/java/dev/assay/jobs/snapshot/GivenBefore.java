package dev.assay.jobs.snapshot;

import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.WarehouseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * The blocks that the table has samples of when a snapshot begins. They were taken whole, and
 * windows may have been evaluated on them, so nothing is added to them: a source that gives other
 * samples for such a block than before is not followed.
 */
final class GivenBefore {
  private final WarehouseTable<SampleRow> table;
  private final NavigableSet<Long> blocks;

  private GivenBefore(WarehouseTable<SampleRow> table, NavigableSet<Long> blocks) {
    this.table = table;
    this.blocks = blocks;
  }

  /** What the table has from a block on. */
  static GivenBefore in(WarehouseTable<SampleRow> table, long fromBlock) {
    return new GivenBefore(
        table,
        table.values("block", Long.class, Expressions.greaterThanOrEqual("block", fromBlock)));
  }

  /** Whether the table had samples of a block when the snapshot began. */
  boolean has(long block) {
    return blocks.contains(block);
  }

  /** Those of the rows that are not of such a block, or are in it already. */
  List<SampleRow> unchanged(List<SampleRow> rows) {
    NavigableSet<Long> again = new TreeSet<>();
    rows.stream().map(SampleRow::block).filter(blocks::contains).forEach(again::add);
    if (again.isEmpty()) {
      return rows;
    }
    Expression span =
        Expressions.and(
            Expressions.greaterThanOrEqual("block", again.first()),
            Expressions.lessThanOrEqual("block", again.last()));
    NavigableSet<String> ids = table.values("sample_id", String.class, span);
    List<SampleRow> unchanged = new ArrayList<>(rows);
    unchanged.removeIf(row -> again.contains(row.block()) && !ids.contains(row.sampleId()));
    return unchanged;
  }
}
