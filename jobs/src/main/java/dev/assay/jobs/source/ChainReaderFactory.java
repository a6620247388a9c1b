package dev.assay.jobs.source;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Carries to an executor what it reads of each block. */
final class ChainReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final URI[] endpoints;
  private final String table;
  private final String[] columns;
  private final ChainQuery.Sent query;

  ChainReaderFactory(List<URI> endpoints, String table, String[] columns, ChainQuery.Sent query) {
    this.endpoints = endpoints.toArray(URI[]::new);
    this.table = table;
    this.columns = columns.clone();
    this.query = query;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    ChainTable<?> read = ChainTable.named(table);
    List<String> all = Arrays.asList(read.schema().fieldNames());
    int[] indexes = Arrays.stream(columns).mapToInt(all::indexOf).toArray();
    return new ChainReader(
        List.of(endpoints), read, indexes, query.query(), (BlockRange) partition);
  }
}
