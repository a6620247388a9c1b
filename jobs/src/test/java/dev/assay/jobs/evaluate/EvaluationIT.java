package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.NotReadyException;
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
import dev.assay.model.train.LlamaShape;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.sampling.Window;
import dev.assay.score.weights.UidWeight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real checkpoints on a real hub, executors of their own processes. */
class EvaluationIT {
  private static final String SEED = "0x" + "cd".repeat(32);

  @TempDir private static Path folder;
  @AutoClose private static HubMiners miners;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    miners = HubMiners.start(folder);
  }

  private static AssayConfiguration configuration(Path folder) throws Exception {
    return miners.configuration(folder);
  }

  static ChainReading input(CommitmentRow... commitments) {
    return input(HubMiners.BLOCK, List.of(commitments));
  }

  static ChainReading input(long block, List<CommitmentRow> commitments) {
    List<Registration> registered = new ArrayList<>();
    registered.add(new Registration(0, "validator", 1));
    commitments.forEach(row -> registered.add(new Registration(row.uid(), row.hotkey(), 1)));
    return new ChainReading(
        "0xgenesis",
        1,
        0,
        block,
        HubMiners.BLOCK_HASH,
        Window.containing(block, 10),
        Hash.fromHex(SEED),
        commitments,
        registered,
        WeightLimits.NONE,
        Map.of());
  }

  private EvaluationReport evaluate(ChainReading input) throws Exception {
    return evaluate(configuration(own), input);
  }

  private static EvaluationReport evaluate(AssayConfiguration configuration, ChainReading input)
      throws Exception {
    return evaluate(miners.spark(), configuration, input);
  }

  static EvaluationReport evaluate(
      SparkSession spark, AssayConfiguration configuration, ChainReading input) throws Exception {
    return evaluate(spark, configuration, input, Progress.silent());
  }

  static EvaluationReport evaluate(
      SparkSession spark, AssayConfiguration configuration, ChainReading input, Progress progress)
      throws Exception {
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      warehouse.table(SampleRow.TABLE).append(samples());
      return new Evaluate(configuration, spark, warehouse, progress, Clock.systemUTC())
          .alone(input, Candidate.all(input, configuration.competitions()));
    }
  }

  private static List<SampleRow> samples() {
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(HubMiners.sample("sample", i, 10 + i % 10));
    }
    return rows;
  }

  private static Map<String, String> verdicts(EvaluationReport report) {
    return report.models().stream()
        .collect(Collectors.toMap(EvaluationReport.Model::hotkey, EvaluationReport.Model::verdict));
  }

  @Test
  void everyCommitmentGetsItsVerdictAndGoodModelsTheirWeights() throws Exception {
    Path good = miners.checkpoint("good", 1, 1);
    Path other = miners.checkpoint("other", 2, 1);
    Path broken = miners.checkpoint("broken", 3, 1);
    Path weights = broken.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    String published = miners.publish("good", good, "good");
    String mutable = published.replaceAll("[0-9a-f]{40}", "main");
    EvaluationReport report =
        evaluate(
            input(
                HubMiners.commitment(1, "good", 5, published),
                HubMiners.commitment(2, "other", 6, miners.publish("other", other, "other")),
                HubMiners.commitment(3, "copy", 7, miners.publish("copy", good, "copy")),
                HubMiners.commitment(4, "broken", 7, miners.publish("broken", broken, "broken")),
                HubMiners.commitment(5, "liar", 7, miners.publish("liar", other, "another")),
                HubMiners.commitment(6, "mutable", 7, mutable),
                HubMiners.commitment(7, "nowhere", 7, published.replace(":good:", ":gone:")),
                HubMiners.commitment(8, "stray", 7, published.replace(":b1", ":zz")),
                HubMiners.commitment(9, "noise", 7, "\u0007:::"),
                HubMiners.commitment(10, "late", 15, published)));

    assertThat(verdicts(report))
        .containsOnly(
            Map.entry("good", "ACCEPTED"),
            Map.entry("other", "ACCEPTED"),
            Map.entry("copy", "DUPLICATE"),
            Map.entry("broken", "REJECTED_CHECKPOINT"),
            Map.entry("liar", "HASH_MISMATCH"),
            Map.entry("mutable", "MUTABLE_REVISION"),
            Map.entry("nowhere", "NOT_FOUND"),
            Map.entry("stray", "UNKNOWN_COMPETITION"),
            Map.entry("noise", "MALFORMED_COMMITMENT"),
            Map.entry("late", "PENDING"));
    assertThat(report.vector()).extracting(UidWeight::uid).containsExactly(1, 2);
    assertThat(report.models())
        .filteredOn(model -> !model.verdict().equals("ACCEPTED"))
        .allMatch(model -> !model.reason().isEmpty() && model.blame().isPresent());
    assertThat(report.isNew()).isTrue();
  }

  @Test
  void theSameInputsAreEvaluatedOnce() throws Exception {
    String text = miners.publish("once", miners.checkpoint("once", 4, 1), "once");
    ChainReading input = input(HubMiners.commitment(1, "once", 5, text));
    EvaluationReport first = evaluate(input);

    EvaluationReport second = evaluate(input);

    assertThat(second.isNew()).isFalse();
    assertThat(second.evaluation()).isEqualTo(first.evaluation());
    assertThat(second.models()).isEqualTo(first.models());
  }

  @Test
  void aLaterBlockOfTheWindowComputesOnlyWhatIsNew() throws Exception {
    String early = miners.publish("early", miners.checkpoint("early", 5, 1), "early");
    String late = miners.publish("late", miners.checkpoint("late", 6, 1), "late");
    EvaluationReport first = evaluate(input(HubMiners.commitment(1, "early", 5, early)));

    EvaluationReport second =
        evaluate(
            input(
                26,
                List.of(
                    HubMiners.commitment(1, "early", 5, early),
                    HubMiners.commitment(2, "late", 6, late))));

    assertThat(first.computed()).isEqualTo(20);
    assertThat(second.computed()).isEqualTo(20);
    assertThat(second.reused()).isEqualTo(20);
    assertThat(second.models().get(0).meanLoss()).isEqualTo(first.models().get(0).meanLoss());
    assertThat(second.models().get(0).stepWeight()).isPositive();
    assertThat(loadMilliseconds(first, "early")).isPositive();
    assertThat(loadMilliseconds(second, "early"))
        .as("nothing is loaded to compute nothing")
        .isZero();
    assertThat(loadMilliseconds(second, "late")).isPositive();
  }

  private long loadMilliseconds(EvaluationReport report, String hotkey) throws Exception {
    try (Warehouse warehouse =
        Warehouse.open(configuration(own).paths().warehouse(), new Configuration())) {
      return warehouse
          .table(VerdictRow.TABLE)
          .rows(Expressions.equal("evaluation", report.evaluation()))
          .stream()
          .filter(row -> row.hotkey().equals(hotkey))
          .mapToLong(VerdictRow::loadMs)
          .sum();
    }
  }

  @Test
  void aModelThatCannotTakeTheTokenizersIdsOrPositionsIsRejectedBeforeItIsLoaded()
      throws Exception {
    Path narrow = miners.checkpoint("narrow", 30, new LlamaShape(200, 64, 128, 1, 4, 2, 512));

    EvaluationReport report =
        evaluate(
            input(
                HubMiners.commitment(1, "narrow", 5, miners.publish("narrow", narrow, "narrow"))));

    assertThat(report.models().get(0).verdict()).isEqualTo("REJECTED_CHECKPOINT");
    assertThat(report.models().get(0).reason())
        .contains("a sample has the token id 259; config.json has vocab_size 200");
    assertThat(loadMilliseconds(report, "narrow")).isZero();
  }

  @Tag("long")
  @Test
  void aKilledDriversLossesAreNotComputedAgain() throws Exception {
    Path victims = Files.createDirectory(own.resolve("victim"));
    AssayConfiguration configuration = configuration(victims);
    String quick = miners.publish("quick", miners.checkpoint("quick", 9, 1), "quick");
    String slow = miners.publish("slow", miners.checkpoint("slow", 10, 240), "slow");
    CommitmentRow[] commitments = {
      HubMiners.commitment(1, "quick", 5, quick), HubMiners.commitment(2, "slow", 6, slow)
    };
    Process driver = Victim.start(victims, quick, slow);
    long killedAt = Victim.awaitLosses(configuration, driver);
    driver.destroyForcibly().waitFor();

    EvaluationReport resumed = evaluate(configuration, input(commitments));
    EvaluationReport fresh = evaluate(input(commitments));

    assertThat(killedAt).isBetween(1L, 39L);
    assertThat(resumed.reused()).isGreaterThanOrEqualTo(killedAt);
    assertThat(resumed.computed()).isEqualTo(40 - resumed.reused());
    assertThat(fresh.computed()).isEqualTo(40);
    assertThat(resumed.models()).isEqualTo(fresh.models());
    assertThat(resumed.vector()).isEqualTo(fresh.vector());
  }

  @Test
  void aWindowWithoutSamplesIsNotReady() throws Exception {
    ChainReading input = input(45, List.of());

    assertThatThrownBy(() -> evaluate(input))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("blocks 30 to 39");
  }

  @Test
  void lossesAreStoredUnderAllThatDecidesThem() throws Exception {
    AssayConfiguration configuration = configuration(own);
    String text = miners.publish("stored", miners.checkpoint("stored", 8, 1), "stored");
    EvaluationReport report =
        evaluate(configuration, input(HubMiners.commitment(1, "stored", 5, text)));

    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      List<LossRow> rows = warehouse.table(LossRow.TABLE).rows();
      assertThat(rows).hasSize(20);
      assertThat(rows)
          .allSatisfy(
              row -> {
                assertThat(row.modelDigest()).isEqualTo(report.models().get(0).digest().get());
                assertThat(row.template()).isEqualTo("plain");
                assertThat(row.sequenceLength()).isEqualTo(512);
                assertThat(row.dtype()).isEqualTo("f32");
                assertThat(row.lossSum() / row.tokens()).isBetween(5.0, 6.0);
              });
    }
  }
}
