package dev.assay.jobs.losses;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Samples of a table: the driver encodes them once for all models. */
public final class LossSamples {
  /** As many as a driver's memory has room for as text. */
  private static final int MOST = 100_000;

  private LossSamples() {}

  /**
   * All rows of a table that has the columns prompt and response, or ids and prompt_len.
   *
   * @throws IllegalArgumentException if a column is missing, or there are more than 100,000 rows
   */
  public static List<LossSample> of(Dataset<Row> samples) {
    List<String> columns = List.of(samples.columns());
    boolean text = columns.contains("prompt") || columns.contains("response");
    for (String column : text ? List.of("prompt", "response") : List.of("ids", "prompt_len")) {
      require(samples, "samples", column);
    }
    List<Row> rows = samples.limit(MOST + 1).collectAsList();
    if (rows.size() > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "there are more than %,d samples; choose fewer of them", MOST));
    }
    return rows.stream().map(row -> sample(row, columns, text)).toList();
  }

  private static LossSample sample(Row row, List<String> columns, boolean text) {
    Optional<String> id =
        columns.contains("sample_id")
            ? Optional.of(row.<Object>getAs("sample_id").toString())
            : Optional.empty();
    long block = columns.contains("block") ? ((Number) row.<Object>getAs("block")).longValue() : 0;
    if (text) {
      return LossSample.text(id, block, row.getAs("prompt"), row.getAs("response"));
    }
    List<Number> ids = row.getList(row.fieldIndex("ids"));
    return LossSample.ids(
        id,
        block,
        ids.stream().mapToInt(Number::intValue).toArray(),
        ((Number) row.<Object>getAs("prompt_len")).intValue());
  }

  static void require(Dataset<Row> rows, String name, String column) {
    if (!List.of(rows.columns()).contains(column)) {
      throw new IllegalArgumentException(
          "%s has the columns %s; it needs %s"
              .formatted(name, Arrays.toString(rows.columns()), column));
    }
  }
}
