package dev.assay.jobs.source;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A subnet at one block or at several as a DataFrame, in Java, Scala, SQL and PySpark alike:
 *
 * <pre>{@code
 * spark.read().format("bittensor").option("endpoint", "http://127.0.0.1:9944").option("netuid", 6)
 *     .option("from_block", 1200).option("to_block", 2400).option("every", 100).load("metagraph")
 * }</pre>
 *
 * Loads {@code metagraph}, {@code commitments}, {@code weights}, {@code bonds} or {@code
 * hyperparameters}. Blocks are fixed when a query is planned, so that a DataFrame never mixes two
 * heads; executors read them, so they must reach the endpoint.
 */
public final class BittensorSource implements TableProvider, DataSourceRegister {
  @Override
  public String shortName() {
    return "bittensor";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return table(options).schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    return new Subnet(table(options), ChainOptions.of(options));
  }

  private static ChainTable<?> table(CaseInsensitiveStringMap options) {
    return ChainTable.named(options.getOrDefault("path", ""));
  }

  /** One table of a subnet. */
  private record Subnet(ChainTable<?> table, ChainOptions options) implements Table, SupportsRead {
    @Override
    public String name() {
      return "bittensor." + table.name();
    }

    // Deprecated in favour of columns(), which calls this one.
    @SuppressWarnings("deprecation")
    @Override
    public StructType schema() {
      return table.schema();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ignored) {
      return new ChainScanBuilder(table, options);
    }
  }
}
