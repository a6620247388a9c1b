package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkRuntimeIT {
  @TempDir private Path folder;

  @Test
  void executorsAreProcessesOfTheirOwnAndSparkSeesTheTables() throws Exception {
    AssayConfiguration configuration =
        AssayConfiguration.load(
            Files.writeString(
                folder.resolve("assay.yaml"),
                "spark: {executors: 1, executor_memory_mb: 512}\npaths: {warehouse: "
                    + folder.resolve("warehouse")
                    + "}\n"),
            Map.of());
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      warehouse
          .table(LossRow.TABLE)
          .append(List.of(new LossRow("m", "s", "t", "plain", 8, "f32", "k", "OK", 1.5, 3, 100)));
    }

    try (SparkSession spark = SparkRuntime.start(configuration, System.getenv())) {
      long driver = ProcessHandle.current().pid();
      List<Long> pids =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(List.of(1), 1)
              .map(ignored -> ProcessHandle.current().pid())
              .collect();

      assertThat(pids).hasSize(1).doesNotContain(driver);
      assertThat(spark.table("assay.losses").select("loss_sum").first().getDouble(0))
          .isEqualTo(1.5);
    }
  }
}
