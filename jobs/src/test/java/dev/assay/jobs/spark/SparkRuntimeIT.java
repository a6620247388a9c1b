package dev.assay.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.util.List;
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
