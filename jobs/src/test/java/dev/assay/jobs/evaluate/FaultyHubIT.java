package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.score.weights.UidWeight;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails on the way from the hub, and what it costs: no miner anything. */
class FaultyHubIT {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private static Path folder;
  @AutoClose private static ThreeMiners miners;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    miners = ThreeMiners.start(folder);
  }

  private EvaluationReport through(FaultyHub hub) throws Exception {
    return miners.evaluate(configuration(hub), 25, miners.commitments());
  }

  private AssayConfiguration configuration(FaultyHub hub) throws IOException {
    return HubMiners.configuration(own, hub.address(), Map.of());
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
            miners.hub().address(),
            (exchange, times, answer) ->
                FaultyHub.pass(
                    exchange,
                    answer,
                    times == 1 && exchange.getRequestURI().getPath().contains("/resolve/")
                        ? flipped(answer.body())
                        : answer.body()))) {
      miners.assertUndisturbed(through(hub));
    }
  }

  @Tag("long")
  @Test
  void aCutAndAWrongBitInTheRestCostNobody() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
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
      miners.assertUndisturbed(through(hub));
    }
  }

  @Tag("long")
  @Test
  void aListingThatLeavesAFileOutOnceCostsNobody() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              String text = new String(answer.body(), StandardCharsets.UTF_8);
              boolean lies = times == 1 && exchange.getRequestURI().getPath().contains("/tree/");
              String other =
                  lies ? text.replaceAll("\\{[^{}]*\"path\":\"config.json\"[^{}]*},?", "") : text;
              FaultyHub.pass(
                  exchange, answer, lies ? other.getBytes(StandardCharsets.UTF_8) : answer.body());
            })) {
      EvaluationReport report = miners.evaluate(configuration(hub), 25, miners.commitments());
      assertThat(report.models()).noneMatch(model -> model.blame().equals(Optional.of("MINER")));
    } catch (NotReadyException nobodyJudged) {
      assertThat(nobodyJudged).hasMessageContaining("other files to this executor");
    }
  }

  @Tag("long")
  @Test
  void aHubThatLimitsItsRateIsWaitedForAndCostsNobody() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              if (times == 1) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                FaultyHub.refuse(exchange, 429, "too many requests");
              } else {
                FaultyHub.pass(exchange, answer);
              }
            })) {
      miners.assertUndisturbed(through(hub));
    }
  }

  /** It is broken off after the silence allowed, and the rest is asked for. */
  @Tag("long")
  @Test
  void aDownloadThatStallsAtHalfAFileCostsNobody() throws Exception {
    AtomicReference<FaultyHub> itself = new AtomicReference<>();
    Set<String> ranges = ConcurrentHashMap.newKeySet();
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              if (!isOfWeights(exchange) || times > 1) {
                ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
                FaultyHub.pass(exchange, answer);
                return;
              }
              exchange.sendResponseHeaders(200, answer.body().length);
              exchange
                  .getResponseBody()
                  .write(Arrays.copyOf(answer.body(), answer.body().length / 2));
              exchange.getResponseBody().flush();
              itself.get().holdBack();
            })) {
      itself.set(hub);

      miners.assertUndisturbed(through(hub));
      assertThat(ranges).anyMatch(range -> range.matches("bytes=[1-9][0-9]*-"));
    }
  }

  @Tag("long")
  @Test
  void aDeadHubStopsTheEvaluationAndTheRepairedOneEndsAsIfNothingHadBeen() throws Exception {
    AssayConfiguration dead =
        HubMiners.configuration(own, URI.create("http://127.0.0.1:1"), Map.of());
    assertThatThrownBy(() -> miners.evaluate(dead, 25, miners.commitments()))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("the hub http://127.0.0.1:1 does not answer");
    ThreeMiners.assertNothingCompleted(dead);

    miners.assertUndisturbed(
        miners.evaluate(
            HubMiners.configuration(own, miners.hub().address(), Map.of()),
            25,
            miners.commitments()));
  }

  @Tag("long")
  @Test
  void anAddressThatIsNoHubStopsTheEvaluation() throws Exception {
    try (FaultyHub other =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> exchange.sendResponseHeaders(404, -1))) {
      assertThatThrownBy(() -> through(other))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("is that address a hub's?");
    }
  }

  @Tag("long")
  @Test
  void aHubThatDiesBetweenListingAndDownloadStopsTheEvaluation() throws Exception {
    AtomicReference<FaultyHub> itself = new AtomicReference<>();
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              if (exchange.getRequestURI().getPath().contains("/resolve/")) {
                itself.get().close();
              }
              FaultyHub.pass(exchange, answer);
            })) {
      itself.set(hub);
      AssayConfiguration configuration = configuration(hub);

      assertThatThrownBy(() -> miners.evaluate(configuration, 25, miners.commitments()))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("does not answer");
      ThreeMiners.assertNothingCompleted(configuration);
    }
  }

  /** Some are silent from the listing on, some once their weights are asked for. */
  @Tag("long")
  @Test
  void blackHolesDelayTheirOwnModelsAlone() throws Exception {
    List<CommitmentRow> all = new ArrayList<>(miners.commitments());
    Path hole = miners.hub().checkpoint("hole", 200, 1);
    for (int uid = 10; uid < 30; uid++) {
      String name = (uid < 27 ? "silent" : "slow") + uid;
      all.add(HubMiners.commitment(uid, name, 6, miners.hub().publish(name, hole, name)));
    }
    AtomicReference<FaultyHub> itself = new AtomicReference<>();
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              String path = exchange.getRequestURI().getPath();
              if (path.contains("/silent") || (path.contains("/slow") && isOfWeights(exchange))) {
                itself.get().holdBack();
              } else {
                FaultyHub.pass(exchange, answer);
              }
            })) {
      itself.set(hub);

      EvaluationReport report = miners.evaluate(configuration(hub), 25, all);

      assertThat(report.vector()).isEqualTo(miners.undisturbed().vector());
      assertThat(report.models())
          .filteredOn(model -> model.uid() >= 10)
          .hasSize(20)
          .allMatch(model -> model.verdict().equals("UNAVAILABLE"))
          .allMatch(model -> model.blame().orElseThrow().equals("INFRASTRUCTURE"));
    }
  }

  @Tag("long")
  @Test
  void aRepositoryThatFailsKeepsWhatItEarnedForTwoWindows() throws Exception {
    try (FaultyHub hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              if (exchange.getRequestURI().getPath().contains("/m1/")) {
                FaultyHub.refuse(exchange, 500, "out of order");
              } else {
                FaultyHub.pass(exchange, answer);
              }
            })) {
      double before =
          share(
              miners.evaluate(
                  HubMiners.configuration(own, miners.hub().address(), Map.of()),
                  25,
                  miners.commitments()));
      AssayConfiguration failing = configuration(hub);
      assertThat(before).isPositive();

      assertThat(share(miners.evaluate(failing, 35, miners.commitments())))
          .isCloseTo(before, within(1e-4));
      assertThat(share(miners.evaluate(failing, 45, miners.commitments())))
          .isCloseTo(before, within(1e-4));
      assertThat(share(miners.evaluate(failing, 55, miners.commitments())))
          .isLessThan(before * 0.95);
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

  @Tag("long")
  @Test
  void aRepositoryThatIsNotPublicYetIsPending() throws Exception {
    String text = miners.commitments().get(0).text().orElseThrow().replace(":m1:", ":hidden:");
    List<CommitmentRow> all = new ArrayList<>(miners.commitments().subList(1, 3));
    all.add(HubMiners.commitment(8, "new", 10, text));
    all.add(HubMiners.commitment(9, "old", 9, text));

    EvaluationReport report =
        miners.evaluate(HubMiners.configuration(own, miners.hub().address(), Map.of()), 25, all);

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
}
