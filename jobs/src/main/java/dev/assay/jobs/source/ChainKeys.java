package dev.assay.jobs.source;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.In;

/**
 * Values of the column by which the chain keeps a table's rows: nothing else need be read.
 *
 * @param column hotkey, uid or validator_uid
 * @param values SS58 addresses or numbers
 */
record ChainKeys(String column, List<String> values) implements Serializable {
  /** So many single reads are as good as one of everything. */
  private static final int MOST = 64;

  ChainKeys {
    values = values.stream().distinct().toList();
  }

  /** What a filter asks of such a column, if it asks that alone. */
  static Optional<ChainKeys> of(Filter filter, List<String> columns) {
    if (filter instanceof EqualTo equal && columns.contains(equal.attribute())) {
      return Optional.of(new ChainKeys(equal.attribute(), List.of(equal.value().toString())));
    }
    if (filter instanceof In in
        && columns.contains(in.attribute())
        && in.values().length <= MOST
        && Arrays.stream(in.values()).allMatch(value -> value != null)) {
      return Optional.of(
          new ChainKeys(in.attribute(), Arrays.stream(in.values()).map(Object::toString).toList()));
    }
    return Optional.empty();
  }

  List<Integer> uids() {
    return values.stream().map(Integer::valueOf).filter(uid -> uid >= 0 && uid <= 65_535).toList();
  }

  @Override
  public String toString() {
    return column + " " + values.stream().collect(Collectors.joining(", "));
  }
}
