package dev.assay.score.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.Decision;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final Policy ASSAY = Policy.named(Policy.ASSAY_1);
  private static final Policy ORIGINAL = Policy.named(Policy.ORIGINAL);

  @Test
  void aLoserLearnsWhoStandsInTheWayAndHowFarItIsBehind() {
    List<Explanation> explanations =
        explain(ASSAY, model(0, 10, 1.0), model(1, 20, 0.8), model(2, 30, 0.9));
    assertThat(explanations.get(1).leads()).isTrue();
    Obstacle obstacle = explanations.get(2).obstacles().get(0);
    assertThat(obstacle.opponent().uid()).isEqualTo(1);
    assertThat(obstacle.opponentIsEarlier()).isTrue();
    assertThat(obstacle.decision()).contains(Decision.EARLIER);
    assertThat(obstacle.ahead().orElseThrow().high()).isNegative();
    assertThat(obstacle.thisWindow().estimate()).isNegative();
    assertThat(obstacle.confidence().orElseThrow()).isEqualTo(1 - 0.05 / 256);
    assertThat(obstacle.sufficientEpsilon()).isEmpty();
    assertThat(obstacle.untilBlock()).isEmpty();
  }

  @Test
  void anOvertakenEarlierModelLearnsThatItIsBehindEvenWithItsAdvantage() {
    Explanation first = explain(ASSAY, model(0, 10, 1.0), model(1, 20, 0.8)).get(0);
    Obstacle obstacle = first.obstacles().get(0);
    assertThat(obstacle.opponentIsEarlier()).isFalse();
    assertThat(obstacle.ahead().orElseThrow().high()).isNegative();
    assertThat(obstacle.decision()).contains(Decision.LATER);
  }

  @Test
  void theDecisiveSamplesAreTheWorstOfTheModel() {
    ModelResult good = model(0, 10, 1.0);
    double[] losses = good.losses().toArray();
    losses[17] += 3;
    losses[42] += 5;
    ModelResult worse = ModelResult.accepted(Entry.of(1, "h1", 20, "d1"), Losses.of(losses));
    Obstacle obstacle = explain(ASSAY, good, worse).get(1).obstacles().get(0);
    assertThat(obstacle.decisiveSamples()).hasSize(5).startsWith(42, 17);
  }

  @Test
  void aRejectionNamesRuleValueAndLimit() {
    Breach breach = new Breach("parameters at most", "9000000000", "8589934592");
    ModelResult rejected =
        ModelResult.failed(
            Entry.of(1, "h1", 20, "d1"), Outcome.of(Verdict.REJECTED_CHECKPOINT, breach));
    Explanation explanation = explain(ASSAY, model(0, 10, 1.0), rejected).get(1);
    assertThat(explanation.outcome().breach()).contains(breach);
    assertThat(explanation.leads()).isFalse();
    assertThat(explanation.obstacles()).isEmpty();
  }

  @Test
  void whereWinsAreCountedTheThreeWorstComparisonsAreNamed() {
    List<ModelResult> field = new ArrayList<>();
    for (int uid = 0; uid < 6; uid++) {
      field.add(model(uid, 10 + uid, 1 - 0.05 * uid));
    }
    Explanation worst = explain(ORIGINAL, field.toArray(ModelResult[]::new)).get(0);
    assertThat(worst.obstacles()).extracting(o -> o.opponent().uid()).hasSize(3).startsWith(5);
    assertThat(worst.obstacles().get(0).comparison().losses()).isGreaterThan(390);
    assertThat(worst.obstacles().get(0).epsilon()).isEqualTo(0.01);
    assertThat(worst.obstacles().get(0).ahead()).isEmpty();
  }

  @Test
  void aRoundThatNobodyWasJudgedOnIsScoredAndExplained() {
    Samples samples = new Samples(3, List.of("a", "a", "b"));
    Outcome noVerdict =
        Outcome.of(Verdict.PENDING, new Breach("repository is visible", "no", "yes"));
    ModelResult waiting = ModelResult.failed(Entry.of(1, "h1", 20, "d1"), noVerdict);
    for (String name : Policy.names()) {
      for (List<ModelResult> models : List.of(List.<ModelResult>of(), List.of(waiting))) {
        Round round = new Round("only", 1, Policy.named(name), samples, models);
        ScoringInput input = ScoringInput.of(100, round, Standings.none());
        assertThat(Scoring.score(input).models()).as(name).hasSameSizeAs(models);
        assertThat(Explanations.of(input))
            .as(name)
            .hasSameSizeAs(models)
            .allSatisfy(told -> assertThat(told.obstacles()).isEmpty());
      }
    }
  }

  @Test
  void aModelThatWasCutShortIsExplainedBesideTheNamesOfAllSamples() {
    Samples samples = new Samples(3, Collections.nCopies(400, "a"));
    ModelResult whole = model(1, 20, 1.0);
    double[] half = Arrays.copyOf(whole.losses().toArray(), 200);
    Outcome unjudged =
        Outcome.of(Verdict.PENDING, new Breach("losses on every sample", "200", "400"));
    ModelResult cut = new ModelResult(whole.entry(), unjudged, Losses.of(half));
    for (String name : Policy.names()) {
      Round round = new Round("only", 1, Policy.named(name), samples, List.of(cut));
      ScoringInput input = ScoringInput.of(100, round, Standings.none());
      assertThat(Explanations.of(input))
          .as(name)
          .singleElement()
          .returns(List.of(), Explanation::obstacles);
    }
  }

  private static List<Explanation> explain(Policy policy, ModelResult... models) {
    return Explanations.of(
        ScoringInput.of(100, Round.only(policy, List.of(models)), Standings.none()));
  }

  private static ModelResult model(int uid, long block, double quality) {
    SeededRandom base = new SeededRandom(21);
    SeededRandom own = SeededRandom.of(22, uid);
    double[] losses = new double[400];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = (1 + base.nextDouble()) * quality * (1 + 0.02 * own.nextGaussian());
    }
    return ModelResult.accepted(Entry.of(uid, "h" + uid, block, "d" + uid), Losses.of(losses));
  }
}
