package dev.assay.jobs.tables;

import java.util.List;
import org.apache.iceberg.Schema;

/**
 * One table: its name, its row and its key. The row's components, in order, are the columns: {@code
 * String}, {@code int}, {@code long}, {@code double}, {@code boolean}, {@code Instant}, lists of
 * integers, and {@code Optional} of these where a value may be missing. A new column goes to the
 * end, because its position is its Iceberg field id.
 *
 * @param name of the table in the warehouse
 * @param rowType the record class of its rows
 * @param key columns that identify a row, most selective first, none of them optional
 */
public record TableDefinition<R extends Record>(String name, Class<R> rowType, List<String> key) {
  public TableDefinition {
    key = List.copyOf(key);
    RowMapping.schema(rowType).select(key);
  }

  /** The Iceberg schema that the row type stands for. */
  public Schema schema() {
    return RowMapping.schema(rowType);
  }
}
