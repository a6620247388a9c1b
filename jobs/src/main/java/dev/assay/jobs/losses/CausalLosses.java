package dev.assay.jobs.losses;

import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.RowMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    LossSamples.require(models, "models", "model");
    List<String> named =
        models.select("model").collectAsList().stream().map(row -> row.getString(0)).toList();
    List<ModelLosses> losses =
        new LossRun(spark, LossSettings.of(options), Progress.silent())
            .of(named, LossSamples.of(samples));
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
}
