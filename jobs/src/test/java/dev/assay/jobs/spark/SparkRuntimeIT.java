package dev.assay.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.progress.Count;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SparkRuntimeIT {
  private final SparkSession spark = SharedSpark.session();

  @Test
  void executorsAreProcessesOfTheirOwn() {
    List<Long> pids =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(1), 1)
            .map(ignored -> ProcessHandle.current().pid())
            .collect();

    assertThat(pids).hasSize(1).doesNotContain(ProcessHandle.current().pid());
  }

  @Test
  void theDriversPagesTellPrometheusWhatIsCounted() throws Exception {
    Count.TOKENS.add(7);

    String told =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(
                HttpRequest.newBuilder(
                        URI.create(spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();

    String plugin = "metrics_assay_driver_plugin_dev_assay_jobs_progress_ProgressPlugin_";
    assertThat(told.lines())
        .contains(plugin + "tokens_Count{type=\"counters\"} " + Count.TOKENS.sum());
    for (Count count : Count.values()) {
      assertThat(told).contains(plugin + count.name().toLowerCase(Locale.ROOT) + "_Count{");
    }
  }

  @Test
  void sparkSeesTheDriversTables() {
    try (Warehouse warehouse =
        Warehouse.open(SharedSpark.configuration().paths().warehouse(), new Configuration())) {
      warehouse
          .table(LossRow.TABLE)
          .append(List.of(new LossRow("m", "s", "t", "plain", 8, "f32", "k", "OK", 1.5, 3, 100)));
    }

    assertThat(spark.table("assay.losses").select("loss_sum").first().getDouble(0)).isEqualTo(1.5);
  }
}
