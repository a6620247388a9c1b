package dev.assay.jobs.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;

/** Takes from a query which columns it wants, and the filter that saves most reads. */
final class ChainScanBuilder implements SupportsPushDownFilters, SupportsPushDownRequiredColumns {
  private final ChainTable<?> table;
  private final ChainOptions options;
  private final List<Filter> pushed = new ArrayList<>();
  private StructType columns;
  private Optional<ChainKeys> keys = Optional.empty();

  ChainScanBuilder(ChainTable<?> table, ChainOptions options) {
    this.table = table;
    this.options = options;
    this.columns = table.schema();
  }

  /** Spark looks at the rows again, so that a read of too much changes nothing. */
  @Override
  public Filter[] pushFilters(Filter[] filters) {
    for (Filter filter : filters) {
      Optional<ChainKeys> asked = ChainKeys.of(filter, table.keys());
      if (asked.isPresent() && keys.isEmpty()) {
        keys = asked;
        pushed.add(filter);
      }
    }
    return filters;
  }

  @Override
  public Filter[] pushedFilters() {
    return pushed.toArray(Filter[]::new);
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  @Override
  public Scan build() {
    return new ChainScan(
        table, options, columns, new ChainQuery(options.netuid(), options.mechanism(), keys));
  }
}
