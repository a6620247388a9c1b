package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import org.apache.iceberg.data.Record;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads one table at one block in the driver; a subnet has some hundred rows. */
final class ChainScan implements LocalScan {
  private final ChainTable<?> table;
  private final ChainOptions options;

  ChainScan(ChainTable<?> table, ChainOptions options) {
    this.table = table;
    this.options = options;
  }

  @Override
  public StructType readSchema() {
    return table.schema();
  }

  @Override
  public InternalRow[] rows() {
    try (Subtensor chain = Subtensor.connect(options.endpoints())) {
      BlockView block =
          options.block().isPresent()
              ? chain.at(options.block().getAsLong())
              : chain.at(chain.finalizedHead());
      return table.rows(block, options.netuid(), options.mechanism()).stream()
          .map(ChainScan::row)
          .toArray(InternalRow[]::new);
    }
  }

  private static InternalRow row(Record values) {
    Object[] internal = new Object[values.size()];
    for (int column = 0; column < internal.length; column++) {
      Object value = values.get(column);
      internal[column] = value instanceof String text ? UTF8String.fromString(text) : value;
    }
    return new GenericInternalRow(internal);
  }
}
