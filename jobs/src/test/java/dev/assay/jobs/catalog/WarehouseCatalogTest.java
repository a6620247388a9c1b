package dev.assay.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.jobs.EarlierWarehouse;
import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.spark.LocalSpark;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseCatalogTest {
  @TempDir private static Path folder;
  private static SparkSession spark;

  /** What a release before left, opened by this one. */
  @BeforeAll
  static void register() throws Exception {
    spark = LocalSpark.start();
    EarlierWarehouse.unpack(folder);
    String warehouse = folder.resolve("tables").toString();
    try (Warehouse opened = Warehouse.open(warehouse, new Configuration())) {
      for (TableDefinition<?> table : Warehouse.TABLES) {
        opened.table(table);
      }
    }
    spark.conf().set("spark.sql.catalog.earlier", WarehouseCatalog.class.getName());
    spark.conf().set("spark.sql.catalog.earlier.warehouse", warehouse);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<String> words(String sql, String column) {
    return spark.sql(sql).select(column).as(Encoders.STRING()).collectAsList();
  }

  @Test
  void tablesViewsAndTheirNamespaceAreListed() {
    assertThat(words("SHOW NAMESPACES IN earlier", "namespace")).containsExactly("default");
    assertThat(words("SHOW TABLES IN earlier", "tableName"))
        .contains("losses", "scores", "evaluations")
        .hasSize(Warehouse.TABLES.size());
    assertThat(words("SHOW TABLES IN earlier.default", "tableName")).contains("losses");
    assertThat(words("SHOW VIEWS IN earlier", "viewName"))
        .containsExactlyInAnyOrder("leaderboard", "current_scores", "losses_by_model");
  }

  @Test
  void theNamespaceMayBeLeftOut() {
    assertThat(spark.table("earlier.default.losses").count())
        .isEqualTo(spark.table("earlier.losses").count())
        .isPositive();
    assertThat(spark.table("earlier.losses.snapshots").count()).isPositive();
  }

  @Test
  void tablesAndColumnsSayWhatTheyHold() {
    assertThat(
            spark
                .sql("DESCRIBE TABLE EXTENDED earlier.losses")
                .where("col_name = 'loss_sum'")
                .first()
                .getString(2))
        .isEqualTo("sum of -log p over the counted tokens, in nats");
    assertThat(words("DESCRIBE TABLE EXTENDED earlier.losses", "data_type"))
        .anyMatch(text -> text.startsWith("one model's loss on one sample"));
    for (WarehouseView view : WarehouseView.of("earlier")) {
      assertThat(view.columnComments()).as(view.name()).doesNotContain("");
      assertThat(spark.table("earlier." + view.name()).schema()).isEqualTo(nullable(view));
    }
  }

  /** What a query can't know to be there may be missing; names, types and comments stay. */
  private static StructType nullable(WarehouseView view) {
    StructType given = spark.table("earlier." + view.name()).schema();
    StructType wanted = new StructType();
    for (StructField field : view.schema().fields()) {
      boolean nullable = given.apply(field.name()).nullable();
      wanted = wanted.add(field.name(), field.dataType(), nullable, field.metadata());
    }
    return wanted;
  }

  @Test
  void theLeaderboardHasEveryModelOfTheNewestEvaluationInOrder() {
    List<Row> rows = spark.sql("SELECT * FROM earlier.leaderboard ORDER BY place").collectAsList();

    assertThat(rows).hasSize((int) spark.table("earlier.verdicts").count());
    assertThat(rows).extracting(row -> row.<Integer>getAs("place")).startsWith(1, 2);
    assertThat(rows)
        .extracting(row -> row.<Double>getAs("weight"))
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(rows.get(0).<String>getAs("evaluation")).isEqualTo(EarlierWarehouse.EVALUATION);
    assertThat(rows.get(0).<String>getAs("verdict")).isEqualTo("ACCEPTED");
  }

  @Test
  void currentScoresAreThoseOfTheNewestEvaluation() {
    assertThat(spark.sql("SELECT weight, block FROM earlier.current_scores").collectAsList())
        .hasSize((int) spark.table("earlier.scores").count())
        .allMatch(row -> row.getLong(1) == EarlierWarehouse.BLOCK);
  }

  @Test
  void lossesByModelAreMeansOverTheTablesRows() {
    Map<String, List<LossRow>> byModel;
    try (Warehouse opened =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      byModel =
          opened.table(LossRow.TABLE).rows().stream()
              .collect(Collectors.groupingBy(row -> row.modelDigest() + row.kernel()));
    }
    List<Row> rows = spark.table("earlier.losses_by_model").collectAsList();

    assertThat(rows).hasSize(byModel.size()).isNotEmpty();
    for (Row row : rows) {
      List<LossRow> losses =
          byModel.get(row.<String>getAs("model_digest") + row.<String>getAs("kernel"));
      double[] means =
          losses.stream()
              .filter(loss -> loss.verdict().equals("OK"))
              .mapToDouble(loss -> loss.lossSum() / loss.tokens())
              .toArray();
      assertThat(row.<Long>getAs("samples")).isEqualTo(losses.size());
      assertThat(row.<Long>getAs("ok_samples")).isEqualTo(means.length);
      assertThat(row.<Double>getAs("mean_loss"))
          .isCloseTo(Arrays.stream(means).average().orElseThrow(), within(1e-9));
      assertThat(row.<String>getAs("repository")).endsWith("/gloss");
    }
  }

  @Test
  void nothingIsWrittenThroughIt() {
    assertThatThrownBy(() -> spark.sql("DROP TABLE earlier.losses"))
        .hasMessageContaining("read-only");
    assertThatThrownBy(() -> spark.sql("DELETE FROM earlier.losses WHERE tokens = 1")).isNotNull();
    assertThatThrownBy(() -> spark.sql("INSERT INTO earlier.losses SELECT * FROM earlier.losses"))
        .hasMessageContaining("does not support");
    assertThat(spark.table("earlier.losses").count()).isPositive();
  }

  @Test
  void aWarehouseThatADatabaseRemembersIsReadByItsSettings() {
    WarehouseSettings settings =
        new WarehouseSettings(
            folder.resolve("remembered").toString(),
            new CatalogSettings(
                "jdbc", "jdbc:sqlite:" + folder.resolve("catalog.db"), "", "", "mine"));
    try (Warehouse opened = Warehouse.open(settings, new Configuration())) {
      opened
          .table(LossRow.TABLE)
          .append(List.of(new LossRow("m", "s", "t", "plain", 512, "f32", "k", "OK", 1.5, 1, 100)));
    }
    WarehouseCatalog.settings(settings)
        .forEach((key, value) -> spark.conf().set(key.replace("assay", "remembered"), value));
    spark.conf().set("spark.sql.catalog.remembered", WarehouseCatalog.class.getName());

    assertThat(words("SHOW TABLES IN remembered", "tableName")).containsExactly("losses");
    assertThat(spark.sql("SELECT loss_sum FROM remembered.losses").first().getDouble(0))
        .isEqualTo(1.5);
    assertThat(spark.table("remembered.default.losses.snapshots").count()).isEqualTo(1);
  }
}
