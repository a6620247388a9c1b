package dev.assay.jobs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableGrowthTest {
  /** Of an evaluation, those of its models' losses apart. */
  private static final int COMMITS = 11;

  @Test
  void everyEvaluationCommitsAsARealOneDoes(@TempDir Path folder) throws Exception {
    WarehouseSettings settings = WarehouseSettings.of(folder.toString());
    List<Integer> told = new ArrayList<>();

    TableGrowth growth = TableGrowth.run(settings, new Configuration(), 2, 6, told::add);

    assertThat(told).containsExactly(1, 2);
    assertThat(growth.commits()).isEqualTo(2 * COMMITS + 4 + 6);
    assertThat(growth.metadataKbMax()).isBetween(1.0, 100.0);
    assertThat(growth.commitP95Ms()).isPositive();
    try (Warehouse warehouse = Warehouse.open(settings, new Configuration())) {
      assertThat(warehouse.table(EvaluationRow.TABLE).rows()).hasSize(2);
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize((4 + 6) * 400);
    }
  }

  @Test
  void nineteenOfTwentyDoNotExceedTheP95() {
    List<Double> values = IntStream.rangeClosed(1, 20).mapToObj(i -> (double) i).toList();

    assertThat(TableGrowth.p95(values)).isEqualTo(19);
    assertThat(TableGrowth.p95(List.of(7.0))).isEqualTo(7);
  }
}
