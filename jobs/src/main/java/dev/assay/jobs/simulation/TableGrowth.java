package dev.assay.jobs.simulation;

import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.storage.S3Client;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.EvidenceRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a warehouse is like after many evaluations, each of which commits as a real one does and
 * keeps its tables small in the end. Most evaluations judge few models; the last one judges as many
 * as a subnet has, so that what a commit reads and writes is at its largest.
 *
 * @param evaluations that were committed
 * @param commits of all of them, upkeep apart
 * @param metadataKbMax the largest metadata that a commit has written, in kilobytes (10³ bytes)
 * @param largest the table of that metadata
 * @param commitP95Ms below which nineteen of twenty commits took, in milliseconds
 * @param upkeepP95Ms the same of the upkeep of all tables after an evaluation
 */
public record TableGrowth(
    int evaluations,
    int commits,
    double metadataKbMax,
    String largest,
    double commitP95Ms,
    double upkeepP95Ms) {
  private static final int FEW = 4;
  private static final int MANY = 200;

  /** As upkeep keeps snapshots: those of the present evaluation stay, as if it had just ended. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /**
   * Measures.
   *
   * @param settings of an empty warehouse
   * @param told called with the number of evaluations that are committed
   */
  public static TableGrowth run(
      WarehouseSettings settings, Configuration hadoop, int evaluations, IntConsumer told)
      throws IOException {
    return run(settings, hadoop, evaluations, MANY, told);
  }

  static TableGrowth run(
      WarehouseSettings settings, Configuration hadoop, int evaluations, int many, IntConsumer told)
      throws IOException {
    Growing growing = new Growing(settings, hadoop);
    for (int number = 0; number < evaluations; number++) {
      growing.evaluate(new MadeUpEvaluation(number, number == evaluations - 1 ? many : FEW));
      told.accept(number + 1);
    }
    return new TableGrowth(
        evaluations,
        growing.commits.size(),
        growing.metadataBytes / 1e3,
        growing.largest,
        p95(growing.commits),
        p95(growing.upkeeps));
  }

  /** The least value that nineteen of twenty don't exceed. */
  static double p95(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
  }

  private static final class Growing {
    private final WarehouseSettings settings;
    private final Configuration hadoop;
    private final List<Double> commits = new ArrayList<>();
    private final List<Double> upkeeps = new ArrayList<>();
    private long metadataBytes;
    private String largest = "";

    Growing(WarehouseSettings settings, Configuration hadoop) {
      this.settings = settings;
      this.hadoop = hadoop;
    }

    void evaluate(MadeUpEvaluation evaluation) throws IOException {
      Instant began = Instant.now();
      try (Warehouse warehouse = Warehouse.open(settings, hadoop)) {
        append(warehouse, SampleRow.TABLE, evaluation.samples());
        append(warehouse, CommitmentRow.TABLE, evaluation.commitments());
        var losses = warehouse.table(LossRow.TABLE);
        for (int model = 0; model < evaluation.models(); model++) {
          List<LossRow> rows = evaluation.losses(model);
          commits.add(millis(() -> losses.append(rows)));
        }
        append(warehouse, CheckpointRow.TABLE, evaluation.checkpoints());
        append(warehouse, AttemptRow.TABLE, evaluation.attempts());
        append(warehouse, VerdictRow.TABLE, evaluation.verdicts());
        append(warehouse, ScoreRow.TABLE, evaluation.scores());
        append(warehouse, EvidenceRow.TABLE, evaluation.evidence());
        append(warehouse, EvaluationRow.TABLE, List.of(evaluation.evaluation()));
        for (String event : List.of("INTENT", "SENT", "INCLUDED")) {
          append(warehouse, WeightRow.TABLE, List.of(evaluation.weights(event)));
        }
        weigh();
        upkeeps.add(millis(() -> warehouse.maintain(began.plus(KEPT))));
      }
    }

    private <R extends Record> void append(
        Warehouse warehouse, TableDefinition<R> definition, Collection<R> rows) {
      var table = warehouse.table(definition);
      commits.add(millis(() -> table.append(rows)));
    }

    private void weigh() throws IOException {
      for (TableDefinition<?> table : Warehouse.TABLES) {
        Path folder = new Path(settings.location(), table.name() + "/metadata");
        FileSystem files = folder.getFileSystem(S3Client.configuration(hadoop, settings.s3()));
        FileStatus[] found = files.globStatus(new Path(folder, "*.metadata.json"));
        for (FileStatus file : found == null ? new FileStatus[0] : found) {
          if (file.getLen() > metadataBytes) {
            metadataBytes = file.getLen();
            largest = table.name();
          }
        }
      }
    }

    private static double millis(Runnable work) {
      long began = System.nanoTime();
      work.run();
      return (System.nanoTime() - began) / 1e6;
    }
  }
}
