package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.contest.Stops;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.explain.Explanations;
import dev.assay.score.explain.Stopped;
import dev.assay.score.rules.EarlyStop;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.weights.ScoringInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two windows under assay-1, with early stops and without. The first establishes that "leader" is
 * better than "first". In the second, "behind" is stopped by the leader; at a later block of it
 * there is "better" too, which is earlier than the leader and takes its place.
 */
class EarlyStopIT {
  private static final int SAMPLES = 40;
  private static final int SOURCES = 10;
  private static final Path SHIPPED = Path.of("..", "conf", "competitions-assay-1.yaml");

  @TempDir private static Path folder;
  @AutoClose private static HubMiners miners;

  private static AssayConfiguration early;
  private static AssayConfiguration whole;
  private static EvaluationReport stopped;
  private static EvaluationReport stoppedWhole;
  private static EvaluationReport displaced;
  private static EvaluationReport displacedWhole;

  @BeforeAll
  static void evaluate() throws Exception {
    miners = HubMiners.start(folder);
    CommitmentRow first = commitment(1, "first", 5, 3.5f);
    CommitmentRow better = commitment(2, "better", 6, 1);
    CommitmentRow leader = commitment(3, "leader", 7, 2.5f);
    CommitmentRow behind = commitment(4, "behind", 8, 4.2f);
    ChainReading before = EvaluationIT.input(125, List.of(first, leader));
    ChainReading window = EvaluationIT.input(135, List.of(first, leader, behind));
    ChainReading later = EvaluationIT.input(136, List.of(first, better, leader, behind));

    whole = configuration("whole", false);
    evaluate(whole, before, Progress.silent());
    stoppedWhole = evaluate(whole, window, Progress.silent());
    displacedWhole = evaluate(whole, later, Progress.silent());

    early = configuration("early", true);
    evaluate(early, before, Progress.silent());
    assertThatThrownBy(() -> evaluate(early, window, dyingAt("challengers")))
        .hasMessage("died at challengers");
    stopped = evaluate(early, window, Progress.silent());
    assertThatThrownBy(() -> evaluate(early, later, dyingAt("unfounded")))
        .hasMessage("died at unfounded");
    displaced = evaluate(early, later, Progress.silent());
  }

  private static AssayConfiguration configuration(String name, boolean stops) throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    miners.configuration(own);
    Path file = own.resolve("assay.yaml");
    Files.writeString(
        file, Files.readString(file).replace("competitions-demo.yaml", "competitions-own.yaml"));
    String shipped = Files.readString(SHIPPED);
    Files.writeString(
        own.resolve("competitions-own.yaml"),
        stops ? shipped : shipped.replace("early_stop: {error: 0.01}", ""));
    return AssayConfiguration.load(file, Map.of());
  }

  /** What a killed driver leaves between two passes. */
  private static Progress dyingAt(String fatal) {
    return new Progress() {
      @Override
      public void stage(String stage, String detail) {
        if (stage.equals(fatal)) {
          throw new IllegalStateException("died at " + stage);
        }
      }

      @Override
      public void model(String model, int done, int samples, double tokensPerSecond) {}

      @Override
      public void verdict(String model, String verdict, String reason) {}
    };
  }

  private static EvaluationReport evaluate(
      AssayConfiguration configuration, ChainReading input, Progress progress) throws Exception {
    try (Warehouse warehouse = open(configuration)) {
      warehouse.table(SampleRow.TABLE).append(samples());
      return new Evaluate(configuration, miners.spark(), warehouse, progress, Clock.systemUTC())
          .alone(input, Candidate.all(input, configuration.competitions()));
    }
  }

  private static Warehouse open(AssayConfiguration configuration) {
    return Warehouse.open(configuration.paths().warehouse(), new Configuration());
  }

  /** As many for each of two windows, by more sources than anything is established without. */
  private static List<SampleRow> samples() {
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 2 * SAMPLES; i++) {
      rows.add(
          new SampleRow(
              "sample" + i,
              "What is number " + i + "?",
              "The number " + i + ", after " + (i - 1) + ".",
              "source" + i % SOURCES,
              110 + i / (SAMPLES / 10),
              Instant.EPOCH,
              ""));
    }
    return rows;
  }

  private static CommitmentRow commitment(int uid, String name, long block, float confidence)
      throws Exception {
    Path checkpoint = miners.checkpoint(name, 1, 1);
    scale(checkpoint.resolve("model.safetensors"), confidence);
    return HubMiners.commitment(uid, name, block, miners.publish(name, checkpoint, name));
  }

  /** An untrained model knows nothing: the surer it is, the more it loses. */
  private static void scale(Path weights, float factor) throws Exception {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong(0);
    JsonNode tensors = new ObjectMapper().readTree(file.array(), Long.BYTES, header);
    JsonNode offsets = tensors.get("model.embed_tokens.weight").get("data_offsets");
    int data = Long.BYTES + header;
    for (int at = data + offsets.get(0).asInt(); at < data + offsets.get(1).asInt(); at += 4) {
      file.putFloat(at, factor * file.getFloat(at));
    }
    Files.write(weights, file.array());
  }

  private static BundleFolder bundle(AssayConfiguration configuration, EvaluationReport report) {
    return Bundles.of(configuration).bundle(report.evaluation());
  }

  private static Optional<Stopped> stop(EvaluationReport report, String hotkey) {
    return Explanations.of(bundle(early, report).input()).stream()
        .filter(explanation -> explanation.entry().hotkey().equals(hotkey))
        .findFirst()
        .orElseThrow()
        .stopped();
  }

  private static VerdictRow verdict(EvaluationReport report, String hotkey) {
    try (Warehouse warehouse = open(early)) {
      return warehouse
          .table(VerdictRow.TABLE)
          .rows(Expressions.equal("evaluation", report.evaluation()))
          .stream()
          .filter(row -> row.hotkey().equals(hotkey))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aModelIsStoppedWhereItsLossesInFullSayAndLosesNothingButThat() {
    Stopped stop = stop(stopped, "behind").orElseThrow();

    assertThat(stop.ahead().hotkey()).isEqualTo("leader");
    assertThat(stop.of()).isEqualTo(SAMPLES);
    assertThat(stop.after()).isLessThan(SAMPLES).isEqualTo(stopByTheLossesInFull());
    VerdictRow row = verdict(stopped, "behind");
    assertThat(row.verdict()).isEqualTo("ACCEPTED");
    assertThat(row.reason()).isEmpty();
    assertThat(row.samples()).isEqualTo(stop.after());
  }

  private static int stopByTheLossesInFull() {
    ScoringInput input = bundle(whole, stoppedWhole).input();
    Round round = input.rounds().get(0);
    ModelResult behind = model(round, "behind");
    List<ModelResult> others =
        round.models().stream().filter(model -> !model.equals(behind)).toList();
    Round settled =
        new Round(
            round.competition(),
            round.rewardShare(),
            round.policy().withEarlyStop(EarlyStop.USUAL),
            round.samples(),
            others);
    List<Evidence> evidence = input.previous().evidence();
    return new Stops(RoundScore.of(settled, evidence, input.block()), evidence)
        .against(behind.entry())
        .orElseThrow()
        .pursuit()
        .stop(behind.losses().toArray())
        .orElseThrow();
  }

  private static ModelResult model(Round round, String hotkey) {
    return round.models().stream()
        .filter(model -> model.entry().hotkey().equals(hotkey))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theWeightsAreThoseOfTheFullRun() {
    assertThat(stopped.vector()).isNotEmpty().isEqualTo(stoppedWhole.vector());
    assertThat(displaced.vector()).isNotEmpty().isEqualTo(displacedWhole.vector());
    assertThat(stoppedWhole.computed() + stoppedWhole.reused()).isEqualTo(3 * SAMPLES);
  }

  @Test
  void aKilledDriverGoesOnWithoutComputingALossTwice() {
    assertThat(stopped.computed()).isEqualTo(stop(stopped, "behind").orElseThrow().after());
    assertThat(stopped.reused()).isEqualTo(2 * SAMPLES);
    try (Warehouse warehouse = open(early)) {
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize((2 + 4) * SAMPLES);
    }
  }

  @Test
  void aModelWhoseStopTurnsOutUnfoundedIsJudgedToTheEnd() {
    int known = stop(stopped, "behind").orElseThrow().after();

    assertThat(stop(displaced, "behind")).isEmpty();
    assertThat(verdict(displaced, "behind").samples()).isEqualTo(SAMPLES);
    assertThat(displaced.computed()).isEqualTo(SAMPLES - known);
    assertThat(displaced.models()).isEqualTo(displacedWhole.models());
  }

  @Test
  void aReplayOfTheBundleFindsTheSameStops() {
    for (EvaluationReport report : List.of(stopped, displaced)) {
      assertThat(bundle(early, report).damaged()).isEmpty();
      assertThat(bundle(early, report).replay()).isEmpty();
    }
  }
}
