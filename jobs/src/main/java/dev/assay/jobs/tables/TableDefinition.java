package dev.assay.jobs.tables;

import java.util.List;
import org.apache.iceberg.Schema;

/**
 * One table: its name, its row and its key. The row's components, in order, are the columns: {@code
 * String}, {@code int}, {@code long}, {@code double}, {@code boolean}, {@code Instant}, lists of
 * integers or doubles, and {@code Optional} of these where a value may be missing. A new column
 * goes to the end and is {@code Optional}, so that tables of an earlier release can get it. Row and
 * components carry a {@link Comment}.
 *
 * @param name of the table in the warehouse
 * @param rowType the record class of its rows
 * @param key columns that identify a row, none of them optional
 * @param scope a column that rows of one key share, and that lets files without such rows be
 *     skipped: the key's first column, or one that follows from the key
 */
public record TableDefinition<R extends Record>(
    String name, Class<R> rowType, List<String> key, String scope) {
  public TableDefinition {
    key = List.copyOf(key);
  }

  TableDefinition(String name, Class<R> rowType, List<String> key) {
    this(name, rowType, key, key.get(0));
  }

  /** What a row of the table is. */
  public String comment() {
    Comment comment = rowType.getAnnotation(Comment.class);
    return comment == null ? "" : comment.value();
  }

  /** The Iceberg schema that the row type stands for. */
  public Schema schema() {
    return RowMapping.schema(rowType);
  }
}
