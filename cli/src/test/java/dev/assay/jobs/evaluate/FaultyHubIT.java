package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.weights.UidWeight;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails on the way from the hub, or on our own side, and what it costs: no miner anything. */
class FaultyHubIT {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private static Path folder;
  private static HubMiners miners;
  private static SparkSession spark;
  private static List<CommitmentRow> commitments;
  private static EvaluationReport undisturbed;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    miners = HubMiners.start(folder);
    spark = SparkRuntime.start(miners.configuration(folder), System.getenv());
    commitments = new ArrayList<>();
    for (int uid = 1; uid <= 3; uid++) {
      String name = "m" + uid;
      commitments.add(
          HubMiners.commitment(
              uid, name, 5, miners.publish(name, miners.checkpoint(name, 100 + uid, 1), name)));
    }
    undisturbed = evaluate(miners.configuration(folder), 25, commitments);
    assertThat(undisturbed.models()).allMatch(model -> model.verdict().equals("ACCEPTED"));
  }

  /** The session ends with the process: another class goes on with it. */
  @AfterAll
  static void stop() {
    miners.close();
  }

  private static EvaluationReport evaluate(
      AssayConfiguration configuration, long block, List<CommitmentRow> commitments)
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
                          row.text()))
              .toList();
      ChainReading reading = EvaluationIT.input(block, rows);
      return new Evaluate(configuration, spark, warehouse, Progress.silent(), Clock.systemUTC())
          .alone(reading, Candidate.all(reading, configuration.competitions()));
    }
  }

  /** Ten for each of the blocks 10 to 49: four windows' worth. */
  private static List<SampleRow> samples() {
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      rows.add(
          new SampleRow(
              "faulty" + i,
              "What is number " + i + "?",
              "The number " + i + ", after " + (i - 1) + ".",
              "source" + i % 2,
              10 + i / 2,
              Instant.EPOCH,
              ""));
    }
    return rows;
  }

  private EvaluationReport through(FaultyHub hub) throws Exception {
    return evaluate(configuration(hub), 25, commitments);
  }

  private AssayConfiguration configuration(FaultyHub hub) throws IOException {
    return HubMiners.configuration(own, hub.address(), Map.of());
  }

  private static void assertUndisturbed(EvaluationReport report) {
    assertThat(report.models()).isEqualTo(undisturbed.models());
    assertThat(report.vector()).isEqualTo(undisturbed.vector());
    assertThat(report.evaluation()).isEqualTo(undisturbed.evaluation());
  }

  private void assertNothingCompleted(AssayConfiguration configuration) {
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      assertThat(warehouse.table(VerdictRow.TABLE).rows()).isEmpty();
    }
  }

  private static boolean isOfWeights(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().endsWith(WEIGHTS);
  }

  private static byte[] flipped(byte[] body) {
    byte[] other = body.clone();
    other[other.length / 2] ^= 1;
    return other;
  }

  @Test
  void oneWrongBitInTheFirstDownloadOfEachFileCostsNobody() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.address(),
            (exchange, times, answer) ->
                FaultyHub.pass(
                    exchange,
                    answer,
                    times == 1 && exchange.getRequestURI().getPath().contains("/resolve/")
                        ? flipped(answer.body())
                        : answer.body()))) {
      assertUndisturbed(through(hub));
    }
  }

  @Test
  void aCutAndAWrongBitInTheRestCostNobody() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.address(),
            (exchange, times, answer) -> {
              if (!isOfWeights(exchange) || times > 2) {
                FaultyHub.pass(exchange, answer);
              } else if (times == 1) {
                exchange.sendResponseHeaders(200, answer.body().length);
                exchange
                    .getResponseBody()
                    .write(Arrays.copyOf(answer.body(), answer.body().length / 3));
              } else {
                FaultyHub.pass(exchange, answer, flipped(answer.body()));
              }
            })) {
      assertUndisturbed(through(hub));
    }
  }

  @Test
  void aListingThatLeavesAFileOutOnceCostsNobody() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.address(),
            (exchange, times, answer) -> {
              String text = new String(answer.body(), StandardCharsets.UTF_8);
              boolean lies = times == 1 && exchange.getRequestURI().getPath().contains("/tree/");
              String other =
                  lies ? text.replaceAll("\\{[^{}]*\"path\":\"config.json\"[^{}]*},?", "") : text;
              FaultyHub.pass(
                  exchange, answer, lies ? other.getBytes(StandardCharsets.UTF_8) : answer.body());
            })) {
      EvaluationReport report = evaluate(configuration(hub), 25, commitments);
      assertThat(report.models()).noneMatch(model -> model.blame().equals(Optional.of("MINER")));
    } catch (NotReadyException nobodyJudged) {
      assertThat(nobodyJudged).hasMessageContaining("other files to this executor");
    }
  }

  @Test
  void anExpiredTokenSetsNoWeights() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.address(),
            (exchange, times, answer) ->
                FaultyHub.refuse(exchange, 401, "User Access Token \"x\" is expired"))) {
      AssayConfiguration configuration =
          HubMiners.configuration(own, hub.address(), Map.of("ASSAY_HUB_TOKEN", "expired"));

      assertThatThrownBy(() -> evaluate(configuration, 25, commitments))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("does not answer")
          .hasMessageContaining("is expired");
      assertNothingCompleted(configuration);
    }
  }

  /** The embedded hub refuses a token that it does not know, as the real one does. */
  @Test
  void aTokenThatTheHubDoesNotKnowHidesNoPublicModel() throws Exception {
    AssayConfiguration configuration =
        HubMiners.configuration(own, miners.address(), Map.of("ASSAY_HUB_TOKEN", "unknown"));

    assertUndisturbed(evaluate(configuration, 25, commitments));
  }

  @Test
  void aDeadHubStopsTheEvaluationAndTheRepairedOneEndsAsIfNothingHadBeen() throws Exception {
    AssayConfiguration dead =
        HubMiners.configuration(own, URI.create("http://127.0.0.1:1"), Map.of());
    assertThatThrownBy(() -> evaluate(dead, 25, commitments))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("the hub http://127.0.0.1:1 does not answer");
    assertNothingCompleted(dead);

    assertUndisturbed(
        evaluate(HubMiners.configuration(own, miners.address(), Map.of()), 25, commitments));
  }

  @Test
  void anAddressThatIsNoHubStopsTheEvaluation() throws Exception {
    try (FaultyHub other =
        new FaultyHub(
            miners.address(), (exchange, times, answer) -> exchange.sendResponseHeaders(404, -1))) {
      assertThatThrownBy(() -> through(other))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("is that address a hub's?");
    }
  }

  @Test
  void aHubThatDiesBetweenListingAndDownloadStopsTheEvaluation() throws Exception {
    AtomicReference<FaultyHub> itself = new AtomicReference<>();
    try (FaultyHub hub =
        new FaultyHub(
            miners.address(),
            (exchange, times, answer) -> {
              if (exchange.getRequestURI().getPath().contains("/resolve/")) {
                itself.get().close();
              }
              FaultyHub.pass(exchange, answer);
            })) {
      itself.set(hub);
      AssayConfiguration configuration = configuration(hub);

      assertThatThrownBy(() -> evaluate(configuration, 25, commitments))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("does not answer");
      assertNothingCompleted(configuration);
    }
  }

  /** Some are silent from the listing on, some once their weights are asked for. */
  @Test
  void blackHolesDelayTheirOwnModelsAlone() throws Exception {
    List<CommitmentRow> all = new ArrayList<>(commitments);
    Path hole = miners.checkpoint("hole", 200, 1);
    for (int uid = 10; uid < 30; uid++) {
      String name = (uid < 27 ? "silent" : "slow") + uid;
      all.add(HubMiners.commitment(uid, name, 6, miners.publish(name, hole, name)));
    }
    AtomicReference<FaultyHub> itself = new AtomicReference<>();
    try (FaultyHub hub =
        new FaultyHub(
            miners.address(),
            (exchange, times, answer) -> {
              String path = exchange.getRequestURI().getPath();
              if (path.contains("/silent") || (path.contains("/slow") && isOfWeights(exchange))) {
                itself.get().holdBack();
              } else {
                FaultyHub.pass(exchange, answer);
              }
            })) {
      itself.set(hub);

      EvaluationReport report = evaluate(configuration(hub), 25, all);

      assertThat(report.vector()).isEqualTo(undisturbed.vector());
      assertThat(report.models())
          .filteredOn(model -> model.uid() >= 10)
          .hasSize(20)
          .allMatch(model -> model.verdict().equals("UNAVAILABLE"))
          .allMatch(model -> model.blame().orElseThrow().equals("INFRASTRUCTURE"));
    }
  }

  @Test
  void aRepositoryThatFailsKeepsWhatItEarnedForTwoWindows() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.address(),
            (exchange, times, answer) -> {
              if (exchange.getRequestURI().getPath().contains("/m1/")) {
                FaultyHub.refuse(exchange, 500, "out of order");
              } else {
                FaultyHub.pass(exchange, answer);
              }
            })) {
      double before =
          share(
              evaluate(HubMiners.configuration(own, miners.address(), Map.of()), 25, commitments));
      AssayConfiguration failing = configuration(hub);
      assertThat(before).isPositive();

      assertThat(share(evaluate(failing, 35, commitments))).isCloseTo(before, within(1e-4));
      assertThat(share(evaluate(failing, 45, commitments))).isCloseTo(before, within(1e-4));
      assertThat(share(evaluate(failing, 55, commitments))).isLessThan(before * 0.95);
    }
  }

  private static double share(EvaluationReport report) {
    double all = report.vector().stream().mapToInt(UidWeight::weight).sum();
    return report.vector().stream()
            .filter(weight -> weight.uid() == 1)
            .mapToInt(UidWeight::weight)
            .sum()
        / all;
  }

  @Test
  void aRepositoryThatIsNotPublicYetIsPending() throws Exception {
    String text = commitments.get(0).text().orElseThrow().replace(":m1:", ":hidden:");
    List<CommitmentRow> all = new ArrayList<>(commitments.subList(1, 3));
    all.add(HubMiners.commitment(8, "new", 10, text));
    all.add(HubMiners.commitment(9, "old", 9, text));

    EvaluationReport report =
        evaluate(HubMiners.configuration(own, miners.address(), Map.of()), 25, all);

    assertThat(verdict(report, 8)).isEqualTo("PENDING");
    assertThat(verdict(report, 9)).isEqualTo("NOT_FOUND");
  }

  private static String verdict(EvaluationReport report, int uid) {
    return report.models().stream()
        .filter(model -> model.uid() == uid)
        .map(EvaluationReport.Model::verdict)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCacheThatTakesNothingStopsTheEvaluationAndTheRepairedOneEndsAsIfNothingHadBeen()
      throws Exception {
    AssayConfiguration configuration = HubMiners.configuration(own, miners.address(), Map.of());
    Path cache = Files.createDirectories(Path.of(configuration.evaluation().cache()));
    // A file where downloads have their folder: nobody can write there, root included.
    Path parts = Files.writeString(cache.resolve("parts"), "");

    assertThatThrownBy(() -> evaluate(configuration, 25, commitments))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("takes nothing more");
    assertNothingCompleted(configuration);

    Files.delete(parts);
    assertUndisturbed(evaluate(configuration, 25, commitments));
  }

  /** One model's place in the cache is taken; the disk takes everything else. */
  @Test
  void whatOurDiskKeepsFromBeingJudgedSetsNoWeights() throws Exception {
    AssayConfiguration configuration = HubMiners.configuration(own, miners.address(), Map.of());
    Path cache = Path.of(configuration.evaluation().cache());
    Path locks = Files.createDirectories(cache.resolve("locks"));
    String[] fields = commitments.get(0).text().orElseThrow().split(":", -1);
    Path taken = Files.createDirectory(locks.resolve("miners--m1--" + fields[2]));

    assertThatThrownBy(() -> evaluate(configuration, 25, commitments))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("least_judged")
        .hasMessageContaining("miners/m1 (uid 1)");
    assertNothingCompleted(configuration);

    Files.delete(taken);
    assertUndisturbed(evaluate(configuration, 25, commitments));
  }

  @Test
  void whatSpoilsInTheCacheIsFetchedAgain() throws Exception {
    AssayConfiguration configuration = HubMiners.configuration(own, miners.address(), Map.of());
    evaluate(configuration, 25, commitments);
    try (Stream<Path> files =
        Files.walk(Path.of(configuration.evaluation().cache()).resolve("snapshots"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes);
      }
    }

    EvaluationReport report = evaluate(configuration, 26, commitments);

    assertThat(report.models()).allMatch(model -> model.verdict().equals("ACCEPTED"));
  }
}
