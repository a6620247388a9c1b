package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.weights.UidWeight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails on our own side, and what it costs: no miner anything. */
class OwnSideIT {
  @TempDir private static Path folder;
  @AutoClose private static ThreeMiners miners;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    miners = ThreeMiners.start(folder);
  }

  @Test
  void anExpiredTokenSetsNoWeights() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) ->
                FaultyHub.refuse(exchange, 401, "User Access Token \"x\" is expired"))) {
      AssayConfiguration configuration =
          HubMiners.configuration(own, hub.address(), Map.of("ASSAY_HUB_TOKEN", "expired"));

      assertThatThrownBy(() -> miners.evaluate(configuration, 25, miners.commitments()))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("does not answer")
          .hasMessageContaining("is expired");
      ThreeMiners.assertNothingCompleted(configuration);
    }
  }

  /** The embedded hub refuses a token that it does not know, as the real one does. */
  @Test
  void aTokenThatTheHubDoesNotKnowHidesNoPublicModel() throws Exception {
    AssayConfiguration configuration =
        HubMiners.configuration(own, miners.hub().address(), Map.of("ASSAY_HUB_TOKEN", "unknown"));

    miners.assertUndisturbed(miners.evaluate(configuration, 25, miners.commitments()));
  }

  /** The environment of the tests' executors has no token; the driver's configuration has one. */
  @Test
  void aGatedRepositoryThatExecutorsHaveNoTokenForIsOurOwnFault() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              if (isGated(exchange) && !exchange.getRequestHeaders().containsKey("Authorization")) {
                FaultyHub.refuseGated(exchange);
              } else {
                FaultyHub.pass(exchange, answer);
              }
            })) {
      AssayConfiguration configuration =
          HubMiners.configuration(own, hub.address(), Map.of("ASSAY_HUB_TOKEN", HubMiners.TOKEN));

      assertThatThrownBy(() -> miners.evaluate(configuration, 25, miners.commitments()))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("miners/m1 (uid 1)")
          .hasMessageContaining("is ASSAY_HUB_TOKEN set here?");
      ThreeMiners.assertNothingCompleted(configuration);
      assertThat(attempts(configuration, "miners/m1"))
          .isNotEmpty()
          .allMatch(row -> row.outcome().equals("UNAVAILABLE"))
          .allMatch(row -> row.blame().equals(Optional.of("INFRASTRUCTURE")));
    }

    miners.assertUndisturbed(
        miners.evaluate(
            HubMiners.configuration(own, miners.hub().address(), Map.of()),
            25,
            miners.commitments()));
  }

  /** Else whoever earns weights could stop all validators by closing the repository. */
  @Test
  void aGatedRepositoryThatIsOpenToNobodyIsItsMinersFaultAndTakesNoOtherWithIt() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              if (isGated(exchange)) {
                FaultyHub.refuseGated(exchange);
              } else {
                FaultyHub.pass(exchange, answer);
              }
            })) {
      EvaluationReport report =
          miners.evaluate(
              HubMiners.configuration(
                  own, hub.address(), Map.of("ASSAY_HUB_TOKEN", HubMiners.TOKEN)),
              25,
              miners.commitments());

      assertThat(report.models().get(0).verdict()).isEqualTo("NOT_FOUND");
      assertThat(meanLosses(report).subList(1, 3))
          .isEqualTo(meanLosses(miners.undisturbed()).subList(1, 3));
      assertThat(report.vector()).extracting(UidWeight::uid).containsExactly(2, 3);
    }
  }

  private static boolean isGated(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().startsWith("/miners/m1/resolve/");
  }

  private static List<Optional<Double>> meanLosses(EvaluationReport report) {
    return report.models().stream().map(EvaluationReport.Model::meanLoss).toList();
  }

  private static List<AttemptRow> attempts(AssayConfiguration configuration, String repository) {
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      return warehouse.table(AttemptRow.TABLE).rows(Expressions.equal("repository", repository));
    }
  }

  @Test
  void aCacheThatTakesNothingStopsTheEvaluationAndTheRepairedOneEndsAsIfNothingHadBeen()
      throws Exception {
    AssayConfiguration configuration =
        HubMiners.configuration(own, miners.hub().address(), Map.of());
    Path cache = Files.createDirectories(Path.of(configuration.evaluation().cache()));
    // A file where downloads have their folder: nobody can write there, root included.
    Path parts = Files.writeString(cache.resolve("parts"), "");

    assertThatThrownBy(() -> miners.evaluate(configuration, 25, miners.commitments()))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("takes nothing more");
    ThreeMiners.assertNothingCompleted(configuration);

    Files.delete(parts);
    miners.assertUndisturbed(miners.evaluate(configuration, 25, miners.commitments()));
  }

  /** One model's place in the cache is taken; the disk takes everything else. */
  @Test
  void whatOurDiskKeepsFromBeingJudgedSetsNoWeights() throws Exception {
    AssayConfiguration configuration =
        HubMiners.configuration(own, miners.hub().address(), Map.of());
    Path cache = Path.of(configuration.evaluation().cache());
    Path locks = Files.createDirectories(cache.resolve("locks"));
    String[] fields = miners.commitments().get(0).text().orElseThrow().split(":", -1);
    Path taken = Files.createDirectory(locks.resolve("miners--m1--" + fields[2]));

    assertThatThrownBy(() -> miners.evaluate(configuration, 25, miners.commitments()))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("least_judged")
        .hasMessageContaining("miners/m1 (uid 1)");
    ThreeMiners.assertNothingCompleted(configuration);

    Files.delete(taken);
    miners.assertUndisturbed(miners.evaluate(configuration, 25, miners.commitments()));
  }

  @Test
  void whatSpoilsInTheCacheIsFetchedAgain() throws Exception {
    AssayConfiguration configuration =
        HubMiners.configuration(own, miners.hub().address(), Map.of());
    miners.evaluate(configuration, 25, miners.commitments());
    try (Stream<Path> files =
        Files.walk(Path.of(configuration.evaluation().cache()).resolve("snapshots"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes);
      }
    }

    EvaluationReport report = miners.evaluate(configuration, 35, miners.commitments());

    assertThat(report.models()).allMatch(model -> model.verdict().equals("ACCEPTED"));
  }
}
