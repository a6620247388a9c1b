package dev.assay.jobs.losses;

import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.RowMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Losses of any causal language models on any samples, without a chain:
 *
 * <pre>{@code
 * Dataset<Row> losses = CausalLosses.of(spark, models, samples, Map.of("template", "llama3"));
 * losses.groupBy("model").avg("mean_loss").show();
 * }</pre>
 */
public final class CausalLosses {
  private CausalLosses() {}

  /**
   * Computes the losses, one Spark job a model, and returns when all have ended.
   *
   * @param models one column of names: a folder, at the same path on every node, or namespace/name
   *     or namespace/name@revision on the hub
   * @param samples columns prompt and response, or ids and prompt_len; sample_id and block are
   *     taken along where they are there
   * @param options by their names, as {@code docs/causal-losses.md} lists them
   * @return a row for each model and sample, as {@link SampleLossRow} says; a model that cannot be
   *     judged has one row alone, with its verdict, blame and reason
   * @throws IllegalArgumentException if a column is missing, or an option isn't known
   */
  public static Dataset<Row> of(
      SparkSession spark, Dataset<Row> models, Dataset<Row> samples, Map<String, String> options)
      throws InterruptedException {
    require(models, "models", "model");
    List<String> named =
        models.select("model").collectAsList().stream().map(row -> row.getString(0)).toList();
    List<ModelLosses> losses =
        new LossRun(spark, LossSettings.of(options), Progress.silent()).of(named, samples(samples));
    RowMapping<SampleLossRow> mapping = new RowMapping<>(SampleLossRow.class);
    List<Row> rows =
        losses.stream()
            .flatMap(model -> SampleLossRow.of(model).stream())
            .map(mapping::toIceberg)
            .map(CausalLosses::row)
            .toList();
    return spark.createDataFrame(
        rows, SparkSchemaUtil.convert(RowMapping.schema(SampleLossRow.class)));
  }

  private static Row row(Record record) {
    Object[] values = new Object[record.size()];
    Arrays.setAll(values, record::get);
    return RowFactory.create(values);
  }

  private static List<LossSample> samples(Dataset<Row> samples) {
    List<String> columns = List.of(samples.columns());
    boolean text = columns.contains("prompt") || columns.contains("response");
    for (String column : text ? List.of("prompt", "response") : List.of("ids", "prompt_len")) {
      require(samples, "samples", column);
    }
    return samples.collectAsList().stream().map(row -> sample(row, columns, text)).toList();
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

  private static void require(Dataset<Row> rows, String name, String column) {
    if (!List.of(rows.columns()).contains(column)) {
      throw new IllegalArgumentException(
          "%s has the columns %s; it needs %s"
              .formatted(name, Arrays.toString(rows.columns()), column));
    }
  }
}
