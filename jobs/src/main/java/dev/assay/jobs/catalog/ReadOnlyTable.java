package dev.assay.jobs.catalog;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** One of Iceberg's tables without what changes it: the driver alone writes, by keys. */
record ReadOnlyTable(Table table) implements SupportsRead, SupportsMetadataColumns {
  private static final Set<TableCapability> READS =
      EnumSet.of(
          TableCapability.BATCH_READ,
          TableCapability.MICRO_BATCH_READ,
          TableCapability.CONTINUOUS_READ);

  @Override
  public String name() {
    return table.name();
  }

  // Deprecated in favour of columns(), which calls this one.
  @SuppressWarnings("deprecation")
  @Override
  public StructType schema() {
    return table.schema();
  }

  @Override
  public Transform[] partitioning() {
    return table.partitioning();
  }

  @Override
  public Map<String, String> properties() {
    return table.properties();
  }

  @Override
  public Set<TableCapability> capabilities() {
    Set<TableCapability> reads = EnumSet.noneOf(TableCapability.class);
    reads.addAll(READS);
    reads.retainAll(table.capabilities());
    return reads;
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return ((SupportsMetadataColumns) table).metadataColumns();
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return ((SupportsRead) table).newScanBuilder(options);
  }
}
