package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.EarlierWarehouse;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.sampling.Window;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse of release 07de487 opens, and the next window's evaluation carries on from it. */
class EarlierWarehouseIT {
  private static final long BLOCK = 165;

  @TempDir private Path folder;

  @BeforeEach
  void unpack() throws Exception {
    EarlierWarehouse.unpack(folder);
  }

  private Warehouse warehouse() {
    return Warehouse.open(folder.resolve("tables").toString(), new Configuration());
  }

  @Test
  void everyTableOpensWithItsRows() {
    Map<String, Integer> rows = new TreeMap<>();
    try (Warehouse warehouse = warehouse()) {
      for (TableDefinition<?> table : Warehouse.TABLES) {
        rows.put(table.name(), warehouse.table(table).rows().size());
      }
      assertThat(warehouse.table(EvaluationRow.TABLE).rows())
          .extracting(EvaluationRow::evaluation, EvaluationRow::genesis)
          .containsExactly(tuple(EarlierWarehouse.EVALUATION, Optional.empty()));
    }

    assertThat(rows)
        .containsEntry("chain", 0)
        .containsEntry("evaluations", 1)
        .containsEntry("verdicts", 8)
        .containsEntry("scores", 11)
        .containsEntry("weights", 9);
    assertThat(rows.get("losses")).isPositive();
    assertThat(rows.get("samples")).isPositive();
  }

  @Test
  void theNextWindowCarriesOnFromItsAverages() throws Exception {
    ScoreRow before = best();
    try (HubMiners miners = HubMiners.start(folder)) {
      AssayConfiguration configuration = miners.configuration(folder);
      SparkSession spark = SparkRuntime.start(configuration, System.getenv());
      String text = miners.publish("heir", miners.checkpoint("heir", 77, 1), before.hotkey());

      EvaluationReport report = evaluate(configuration, spark, before, text);

      assertThat(report.models())
          .filteredOn(model -> model.hotkey().equals(before.hotkey()))
          .allMatch(model -> model.verdict().equals("ACCEPTED"));
      try (Warehouse warehouse = warehouse()) {
        assertThat(
                warehouse
                    .table(EvaluationRow.TABLE)
                    .rows(Expressions.equal("evaluation", report.evaluation())))
            .extracting(EvaluationRow::previous)
            .containsExactly(Optional.of(EarlierWarehouse.EVALUATION));
      }
    }
  }

  private ScoreRow best() {
    try (Warehouse warehouse = warehouse()) {
      return warehouse.table(ScoreRow.TABLE).rows().stream()
          .filter(row -> row.verdict().equals("ACCEPTED"))
          .findFirst()
          .orElseThrow();
    }
  }

  private EvaluationReport evaluate(
      AssayConfiguration configuration, SparkSession spark, ScoreRow miner, String text)
      throws Exception {
    String hash = "0x" + "ab".repeat(32);
    CommitmentRow commitment = HubMiners.commitment(miner.uid(), miner.hotkey(), 70, text);
    ChainReading reading =
        new ChainReading(
            "0xgenesis",
            EarlierWarehouse.NETUID,
            0,
            BLOCK,
            hash,
            Window.containing(BLOCK, 10),
            Hash.fromHex(hash),
            List.of(commitment),
            List.of(
                new Registration(0, "validator", 1),
                new Registration(miner.uid(), miner.hotkey(), 1)),
            WeightLimits.NONE,
            Map.of());
    try (Warehouse warehouse = warehouse()) {
      warehouse.table(SampleRow.TABLE).append(samples());
      return new Evaluate(configuration, spark, warehouse, Progress.silent(), Clock.systemUTC())
          .alone(reading, Candidate.all(reading, configuration.competitions()));
    }
  }

  private static List<SampleRow> samples() {
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(HubMiners.sample("later", i, 150 + i % 10));
    }
    return rows;
  }
}
