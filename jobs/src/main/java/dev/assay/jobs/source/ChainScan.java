package dev.assay.jobs.source;

import dev.assay.chain.subtensor.Subtensor;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/**
 * Reads one table at one block or at several. The driver fixes the blocks when a query is planned;
 * executors read them, a range of blocks each.
 *
 * @param readSchema the columns that the query wants
 */
record ChainScan(ChainTable<?> table, ChainOptions options, StructType readSchema, ChainQuery query)
    implements Scan, Batch {
  @Override
  public String description() {
    return "bittensor.%s of subnet %d%s"
        .formatted(
            table.name(),
            query.netuid(),
            query.keys().map(keys -> ", " + keys + " alone").orElse(""));
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return options
        .blocks(this::head)
        .parts(options.blocksPerPartition())
        .toArray(InputPartition[]::new);
  }

  private long head() {
    try (Subtensor chain = Subtensor.connect(options.endpoints())) {
      return chain.at(chain.finalizedHead()).number();
    }
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new ChainReaderFactory(
        options.endpoints(), table.name(), readSchema.fieldNames(), query.sent());
  }
}
