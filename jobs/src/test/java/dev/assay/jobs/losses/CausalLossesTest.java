package dev.assay.jobs.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.spark.LocalSpark;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CausalLossesTest {
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 16, 24, 2, 2, 2, 2_048);

  @TempDir private static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    for (int seed = 1; seed <= 2; seed++) {
      Initialisation.write(folder.resolve("m" + seed), SHAPE, seed, Map.of());
    }
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/config.json"), "{}");
    spark = LocalSpark.start();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> models(String... names) {
    return spark
        .createDataset(
            List.of(names).stream().map(name -> folder.resolve(name).toString()).toList(),
            Encoders.STRING())
        .toDF("model");
  }

  private static Dataset<Row> texts() {
    return spark.sql(
        "SELECT 'What is ' || id || '?' AS prompt, 'Number ' || id || '.' AS response"
            + " FROM range(3)");
  }

  private static Map<String, String> options(String... more) {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "template", "plain",
                "tokenizer", "byte",
                "cache", folder.resolve("cache").toString()));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  @Test
  void everyModelHasALossOnEverySampleAndABrokenOneItsReason() throws Exception {
    Dataset<Row> losses = CausalLosses.of(spark, models("m1", "broken", "m2"), texts(), options());

    assertThat(losses.where("verdict = 'OK'").groupBy("model").count().collectAsList())
        .hasSize(2)
        .allMatch(row -> row.getLong(1) == 3);
    Row broken = losses.where("verdict <> 'OK'").first();
    assertThat(broken.<String>getAs("model")).endsWith("broken");
    assertThat(broken.<String>getAs("verdict")).isEqualTo("REJECTED_CHECKPOINT");
    assertThat(broken.<String>getAs("blame")).isEqualTo("MINER");
    assertThat(broken.<String>getAs("reason")).isNotBlank();
    // An untrained model knows nothing of its vocabulary.
    assertThat(losses.where("verdict = 'OK'").first().<Double>getAs("mean_loss"))
        .isBetween(4.0, 8.0);
    assertThat(losses.schema().apply("mean_loss").getComment().get()).contains("nats per token");
  }

  @Test
  void idsNeedNoTokenizerAndGiveTheSameLosses() throws Exception {
    Dataset<Row> samples =
        spark.sql("SELECT array(72, 101, 108, 108, 111) AS ids, 2 AS prompt_len, 'x' AS sample_id");

    List<Row> first = CausalLosses.of(spark, models("m1"), samples, Map.of()).collectAsList();

    assertThat(first).hasSize(1);
    assertThat(first.get(0).<String>getAs("sample_id")).isEqualTo("x");
    assertThat(first.get(0).<Integer>getAs("tokens")).isEqualTo(3);
    assertThat(CausalLosses.of(spark, models("m1"), samples, Map.of()).collectAsList())
        .isEqualTo(first);
  }

  @Test
  void moreSamplesThanTheDriverTakesAreRefusedInWords() {
    Dataset<Row> many =
        spark.sql("SELECT array(1, 2, 3) AS ids, 1 AS prompt_len FROM range(100001)");

    assertThatThrownBy(() -> CausalLosses.of(spark, models("m1"), many, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are more than 100,000 samples; choose fewer of them");
  }

  @Test
  void whatAWarehouseKnowsIsTakenFromIt() throws Exception {
    String warehouse = folder.resolve("tables").toString();
    List<Row> computed =
        CausalLosses.of(spark, models("m1"), texts(), options("warehouse", warehouse))
            .collectAsList();
    try (Warehouse opened = Warehouse.open(warehouse, new Configuration())) {
      assertThat(opened.table(LossRow.TABLE).rows()).hasSize(3);
      assertThat(
              CausalLosses.of(spark, models("m1"), texts(), options("warehouse", warehouse))
                  .collectAsList())
          .isEqualTo(computed);
      assertThat(opened.table(LossRow.TABLE).commits()).isEqualTo(1);
    }
  }

  @Test
  void wrongUseIsNamed() {
    assertThatThrownBy(() -> CausalLosses.of(spark, models("m1"), texts(), Map.of("dtyp", "f32")))
        .hasMessageContaining("the option dtyp is not known; there are tokenizer, template, dtype");
    assertThatThrownBy(() -> CausalLosses.of(spark, models("m1"), texts(), Map.of()))
        .hasMessageContaining("the samples are text, which needs a template; there are [plain");
    assertThatThrownBy(
            () -> CausalLosses.of(spark, models("m1"), texts().drop("response"), options()))
        .hasMessageContaining("samples has the columns [prompt]; it needs response");
    assertThatThrownBy(
            () ->
                CausalLosses.of(
                    spark, models("m1").withColumnRenamed("model", "m"), texts(), options()))
        .hasMessageContaining("models has the columns [m]; it needs model");
    assertThatThrownBy(() -> NamedModel.of("nowhere"))
        .hasMessageContaining("the model nowhere is neither a folder nor namespace/name@revision");
    assertThatThrownBy(() -> LossSettings.of(Map.of("threads", "0")))
        .hasMessageContaining("the option threads is 0; it must be from 1 to 1024");
  }
}
