package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Three miners with good models.
 *
 * @param hub that serves them
 * @param undisturbed how an evaluation of them ends that nothing disturbs
 */
record ThreeMiners(HubMiners hub, List<CommitmentRow> commitments, EvaluationReport undisturbed)
    implements AutoCloseable {
  ThreeMiners {
    commitments = List.copyOf(commitments);
  }

  static ThreeMiners start(Path folder) throws Exception {
    HubMiners hub = HubMiners.start(folder);
    List<CommitmentRow> commitments = new ArrayList<>();
    for (int uid = 1; uid <= 3; uid++) {
      String name = "m" + uid;
      commitments.add(
          HubMiners.commitment(
              uid, name, 5, hub.publish(name, hub.checkpoint(name, 100 + uid, 1), name)));
    }
    EvaluationReport undisturbed = evaluate(hub, hub.configuration(folder), 25, commitments);
    assertThat(undisturbed.models()).allMatch(model -> model.verdict().equals("ACCEPTED"));
    return new ThreeMiners(hub, commitments, undisturbed);
  }

  EvaluationReport evaluate(
      AssayConfiguration configuration, long block, List<CommitmentRow> commitments)
      throws Exception {
    return evaluate(hub, configuration, block, commitments);
  }

  private static EvaluationReport evaluate(
      HubMiners hub, AssayConfiguration configuration, long block, List<CommitmentRow> commitments)
      throws Exception {
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      warehouse.table(SampleRow.TABLE).append(samples());
      List<CommitmentRow> rows =
          commitments.stream()
              .map(
                  row ->
                      new CommitmentRow(
                          row.netuid(),
                          block,
                          row.blockHash(),
                          row.hotkey(),
                          row.uid(),
                          row.registeredBlock(),
                          row.committedBlock(),
                          row.data(),
                          row.text(),
                          row.kind()))
              .toList();
      ChainReading reading = EvaluationIT.input(block, rows);
      return new Evaluate(
              configuration, hub.spark(), warehouse, Progress.silent(), Clock.systemUTC())
          .alone(reading, Candidate.all(reading, configuration.competitions()));
    }
  }

  /** Ten for each of the blocks 10 to 49: four windows' worth. */
  private static List<SampleRow> samples() {
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      rows.add(HubMiners.sample("faulty", i, 10 + i / 2));
    }
    return rows;
  }

  void assertUndisturbed(EvaluationReport report) {
    assertThat(report.models()).isEqualTo(undisturbed().models());
    assertThat(report.vector()).isEqualTo(undisturbed().vector());
    assertThat(report.evaluation()).isEqualTo(undisturbed().evaluation());
  }

  static void assertNothingCompleted(AssayConfiguration configuration) {
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      assertThat(warehouse.table(VerdictRow.TABLE).rows()).isEmpty();
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
