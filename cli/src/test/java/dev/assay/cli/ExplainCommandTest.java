package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.failure.Failures;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What miners read about their standing, from a bundle alone. */
class ExplainCommandTest {
  private static final int SAMPLES = 400;
  private static final long BLOCK = 2_000;

  @TempDir private Path folder;

  @BeforeEach
  void writeBundle() {
    writeBundle(Policy.ASSAY_1);
  }

  private void writeBundle(String policy) {
    writeBundle(policy.equals(Policy.ASSAY_1) ? "bundle" : policy, policy, models());
  }

  private static List<ModelResult> models() {
    Breach breach = new Breach("parameters at most", "9000000000", "8589934592");
    return List.of(
        model(0, 10, 1.0, 0.02),
        model(1, 1_000, 0.9, 0.02),
        model(2, 1_100, 0.8935, 0.002),
        model(3, 1_200, 0.95, 0.02),
        ModelResult.failed(
            Entry.of(4, "h4", 30, "d4"), Outcome.of(Verdict.REJECTED_CHECKPOINT, breach)),
        ModelResult.failed(Entry.of(5, "h5", 30, "d5"), Outcome.of(Verdict.TIMED_OUT)));
  }

  private void writeBundle(String name, String policy, List<ModelResult> models) {
    Round round = new Round("c1", 1, Policy.named(policy), new Samples(20, List.of()), models);
    ScoringInput input = ScoringInput.of(BLOCK, round, Standings.none());
    List<SampleRow> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(
          new SampleRow(
              "s" + i, "what\u001b[2J is " + i, "r", "source", 5, Instant.EPOCH, "signature"));
    }
    new BundleFolder(folder.resolve(name))
        .write(
            Bundle.of(
                Map.of(),
                input,
                Scoring.score(input),
                "{}",
                List.of(),
                List.of(),
                Map.of("c1", samples),
                List.of(),
                List.of()));
  }

  @Test
  void theLeaderIsToldThatNothingStandsInItsWay() {
    assertThat(explain("--uid", "1"))
        .contains("uid 1 in c1: ACCEPTED", "weight 100.00 %", "nothing stands in its way");
  }

  /** A moving average that has just begun sums to a tenth, which is nobody's weight. */
  @Test
  void theWeightIsItsShareOfTheVectorHoweverYoungTheAverageIs() throws Exception {
    writeBundle(Policy.ORIGINAL_RANKED);

    JsonNode models =
        new ObjectMapper().readTree(run(Policy.ORIGINAL_RANKED, "--json")).get("models");

    double weights = 0;
    double averages = 0;
    for (JsonNode model : models) {
      weights += model.get("weight").asDouble();
      averages += model.get("average").asDouble();
    }
    assertThat(weights).isBetween(0.9999, 1.0);
    assertThat(averages).isLessThan(0.2);
    assertThat(run(Policy.ORIGINAL_RANKED))
        .contains(
            String.format(
                java.util.Locale.ROOT,
                "weight %.2f %% (%d of 65535)",
                100 * models.get(1).get("weight").asDouble(),
                models.get(1).get("weight_u16").asInt()));
  }

  @Test
  void aSlightlyBetterModelLearnsTheBlockFromWhichItIsEnough() throws Exception {
    String text = explain("--uid", "2");
    assertThat(text)
        .contains("does not beat uid 1", "uid 1 was first: its loss counts", "less")
        .containsPattern("enough once the advantage is down to 0\\.\\d\\d %, from block \\d+")
        .contains("next decision in window 24");
    JsonNode obstacle = json("--uid", "2").get("models").get(0).get("obstacles").get(0);
    assertThat(obstacle.get("sufficient_from_block").asLong()).isGreaterThan(BLOCK);
    assertThat(obstacle.get("sufficient_epsilon").asDouble())
        .isPositive()
        .isLessThan(obstacle.get("epsilon").asDouble());
  }

  @Test
  void aWorseModelLearnsThatWaitingWontHelpAndWhichSamplesDecided() {
    assertThat(explain("--uid", "3"))
        .contains("does not beat uid 1")
        .contains("waiting won't help, a better model will")
        .containsPattern("sample \\d+: loss [0-9.]+ against [0-9.]+: \"what\\?\\[2J is \\d+\"");
  }

  @Test
  void anOvertakenModelLearnsThatALaterOneIsBetter() {
    assertThat(explain("--uid", "0"))
        .contains("does not beat uid 1", "uid 1 came later", "it is established that uid 1");
  }

  @Test
  void aRejectionNamesRuleValueLimitAndBlame() {
    assertThat(explain("--uid", "4"))
        .contains("rule: parameters at most; it has: 9000000000; allowed: 8589934592")
        .contains("the miner is to blame");
    assertThat(explain("--uid", "5")).contains("the cause is unknown");
  }

  @Test
  void allModelsAreExplainedOneAfterTheOther() throws Exception {
    assertThat(explain()).contains("uid 0", "uid 5").doesNotContain("\u001b");
    assertThat(json().get("models")).hasSize(6);
  }

  @Test
  void anEvaluationWithoutModelsHasNothingToExplain() {
    writeBundle("empty", Policy.ASSAY_1, List.of());
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new Assay())
            .setOut(new PrintWriter(out))
            .execute("explain", folder.resolve("empty").toString());
    assertThat(exit).isEqualTo(ExitCode.NOTHING_TO_DO);
    assertThat(out.toString()).contains("evaluation of block 2000", "there is none to explain");
  }

  @Test
  void aDamagedBundleIsRefused() throws Exception {
    Path input = folder.resolve("bundle").resolve(Bundle.INPUT);
    Files.writeString(input, Files.readString(input).replace("block 2000", "block 2001"));
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new Assay())
            .setExecutionExceptionHandler(Failures::onExecution)
            .setErr(new PrintWriter(err))
            .execute("explain", folder.resolve("bundle").toString());
    assertThat(exit).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains(": scoring-input.txt is not what the manifest says; get the bundle again");
  }

  private JsonNode json(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    return new ObjectMapper().readTree(explain(all.toArray(String[]::new)));
  }

  private String explain(String... words) {
    return run("bundle", words);
  }

  private String run(String bundle, String... words) {
    List<String> all = new ArrayList<>(List.of("explain", folder.resolve(bundle).toString()));
    all.addAll(List.of(words));
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new Assay())
            .setOut(new PrintWriter(out))
            .execute(all.toArray(String[]::new));
    assertThat(exit).isZero();
    return out.toString();
  }

  private static ModelResult model(int uid, long block, double quality, double spread) {
    SeededRandom base = new SeededRandom(21);
    SeededRandom own = SeededRandom.of(22, uid);
    double[] losses = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      losses[i] = (1 + base.nextDouble()) * quality * (1 + spread * own.nextGaussian());
    }
    return ModelResult.accepted(Entry.of(uid, "h" + uid, block, "d" + uid), Losses.of(losses));
  }
}
