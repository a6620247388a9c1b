package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that come before their turn: nothing but time depends on it. */
class PrefetchIT {
  @TempDir private static Path shared;
  private static ThreeMiners miners;

  @TempDir private Path own;
  private final List<String> downloads = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    miners = ThreeMiners.start(shared);
  }

  @AfterAll
  static void stop() {
    miners.close();
  }

  private FaultyHub counting() throws Exception {
    return new FaultyHub(
        miners.hub().address(),
        (exchange, times, answer) -> {
          if (exchange.getRequestURI().getPath().contains("/resolve/")) {
            synchronized (downloads) {
              downloads.add(exchange.getRequestURI().getPath());
            }
          }
          FaultyHub.pass(exchange, answer);
        });
  }

  private static Prefetch.Report prefetch(
      AssayConfiguration configuration, List<CommitmentRow> commitments) throws Exception {
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      ChainReading reading = EvaluationIT.input(25, commitments);
      return Prefetch.of(
          configuration,
          miners.hub().spark(),
          warehouse,
          reading,
          Candidate.all(reading, configuration.competitions()),
          Progress.silent(),
          Clock.systemUTC());
    }
  }

  @Test
  void anEvaluationFetchesNothingThatHasComeAndEndsAsWithoutIt() throws Exception {
    try (FaultyHub hub = counting()) {
      AssayConfiguration configuration = HubMiners.configuration(own, hub.address(), Map.of());

      Prefetch.Report first = prefetch(configuration, miners.commitments());

      assertThat(first.fetched()).isEqualTo(3);
      assertThat(downloads).isNotEmpty();
      try (Warehouse warehouse =
          Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
        assertThat(warehouse.table(LossRow.TABLE).rows()).isEmpty();
        assertThat(warehouse.table(VerdictRow.TABLE).rows()).isEmpty();
        assertThat(warehouse.table(AttemptRow.TABLE).rows())
            .hasSize(3)
            .allMatch(row -> row.evaluation().equals("prefetch-25") && row.bytes() > 0);
      }
      downloads.clear();
      EvaluationReport report = miners.evaluate(configuration, 25, miners.commitments());
      assertThat(downloads).isEmpty();
      assertThat(report.models()).isEqualTo(miners.undisturbed().models());
    }
  }

  @Test
  void whatIsThereIsNotBroughtAgain() throws Exception {
    try (FaultyHub hub = counting()) {
      AssayConfiguration configuration = HubMiners.configuration(own, hub.address(), Map.of());
      prefetch(configuration, miners.commitments());
      downloads.clear();

      Prefetch.Report again = prefetch(configuration, miners.commitments());

      assertThat(again.models()).allMatch(model -> model.state() == Prefetch.State.THERE);
      assertThat(downloads).isEmpty();
    }
  }

  @Test
  void aCommitmentThatALaterWindowAdmitsComesAsItAppears() throws Exception {
    AssayConfiguration configuration =
        HubMiners.configuration(own, miners.hub().address(), Map.of());
    String text = miners.commitments().get(0).text().orElseThrow();

    Prefetch.Report report =
        prefetch(configuration, List.of(HubMiners.commitment(1, "m1", 24, text)));

    assertThat(report.fetched()).isEqualTo(1);
  }

  @Test
  void whatHasFailedItsChecksIsNotFetchedAgain() throws Exception {
    Path broken = miners.hub().checkpoint("broken", 300, 1);
    Path weights = broken.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
    String text = miners.hub().publish("broken", broken, "broken");
    List<CommitmentRow> commitments = List.of(HubMiners.commitment(1, "broken", 5, text));
    try (FaultyHub hub = counting()) {
      AssayConfiguration configuration = HubMiners.configuration(own, hub.address(), Map.of());
      Prefetch.Report first = prefetch(configuration, commitments);
      downloads.clear();

      Prefetch.Report again = prefetch(configuration, commitments);

      assertThat(again).isEqualTo(first);
      assertThat(again.models())
          .allMatch(model -> model.reason().startsWith("REJECTED_CHECKPOINT"));
      assertThat(downloads).isEmpty();
    }
  }

  @Test
  void whatDoesNotPassIsSaidAndCostsNobodyAnything() throws Exception {
    AssayConfiguration configuration =
        HubMiners.configuration(own, miners.hub().address(), Map.of());
    List<CommitmentRow> commitments = new ArrayList<>(miners.commitments());
    String[] fields = commitments.get(0).text().orElseThrow().split(":", -1);
    fields[3] = Base64.getEncoder().encodeToString(new byte[32]);
    commitments.set(0, HubMiners.commitment(1, "m1", 5, String.join(":", fields)));

    Prefetch.Report report = prefetch(configuration, commitments);

    assertThat(report.models())
        .filteredOn(model -> model.state() == Prefetch.State.FAILED)
        .singleElement()
        .satisfies(model -> assertThat(model.reason()).contains("HASH_MISMATCH"));
    miners.assertUndisturbed(miners.evaluate(configuration, 25, miners.commitments()));
  }
}
