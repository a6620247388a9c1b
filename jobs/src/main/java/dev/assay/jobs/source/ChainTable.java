package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.jobs.chain.Commitments;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.RowMapping;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;

/**
 * What can be loaded of a subnet. Every row carries the block it was read at.
 *
 * @param rowType its components are the columns
 */
record ChainTable<R extends java.lang.Record>(String name, Class<R> rowType, Reader<R> reader) {
  private static final List<ChainTable<?>> ALL =
      List.of(
          new ChainTable<>(
              "metagraph",
              NeuronRow.class,
              (block, netuid, mechanism) -> NeuronRow.at(block, netuid)),
          new ChainTable<>(
              "commitments",
              CommitmentRow.class,
              (block, netuid, mechanism) -> Commitments.at(block, netuid)),
          new ChainTable<>("weights", WeightShareRow.class, WeightShareRow::at));

  /** Reads a table's rows. */
  interface Reader<R> {
    List<R> rows(BlockView block, int netuid, int mechanism);
  }

  /**
   * The table of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  static ChainTable<?> named(String name) {
    for (ChainTable<?> table : ALL) {
      if (table.name.equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "load(\"" + name + "\"): a chain has metagraph, commitments and weights");
  }

  StructType schema() {
    return SparkSchemaUtil.convert(RowMapping.schema(rowType));
  }

  /** Rows with the schema's columns, values as Java has them. */
  List<Record> rows(BlockView block, int netuid, int mechanism) {
    RowMapping<R> mapping = new RowMapping<>(rowType);
    return reader.rows(block, netuid, mechanism).stream().map(mapping::toIceberg).toList();
  }
}
