package dev.assay.jobs.source;

import dev.assay.chain.subtensor.Subtensor;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads a range of blocks, one block at a time. */
final class ChainReader implements PartitionReader<InternalRow> {
  private final Subtensor chain;
  private final ChainTable<?> table;
  private final int[] columns;
  private final ChainQuery query;
  private final BlockRange blocks;
  private long next;
  private Iterator<Record> rows = List.<Record>of().iterator();
  private InternalRow row;

  /**
   * @param columns the wanted ones' places among the table's
   */
  ChainReader(
      List<URI> endpoints,
      ChainTable<?> table,
      int[] columns,
      ChainQuery query,
      BlockRange blocks) {
    this.chain = Subtensor.connect(endpoints);
    this.table = table;
    this.columns = columns;
    this.query = query;
    this.blocks = blocks;
    this.next = blocks.first();
  }

  @Override
  public boolean next() {
    while (!rows.hasNext() && next <= blocks.last()) {
      rows = table.rows(chain.at(next), query).iterator();
      next += blocks.every();
    }
    if (!rows.hasNext()) {
      return false;
    }
    row = row(rows.next());
    return true;
  }

  private InternalRow row(Record values) {
    Object[] internal = new Object[columns.length];
    for (int index = 0; index < internal.length; index++) {
      Object value = values.get(columns[index]);
      internal[index] = value instanceof String text ? UTF8String.fromString(text) : value;
    }
    return new GenericInternalRow(internal);
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    chain.close();
  }
}
