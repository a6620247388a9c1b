package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.bundle.InputText;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.contest.Samples;
import dev.assay.score.contest.Stops;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.explain.Explanation;
import dev.assay.score.explain.Explanations;
import dev.assay.score.explain.Stopped;
import dev.assay.score.rules.EarlyStop;
import dev.assay.score.rules.Policy;
import dev.assay.score.simulation.EarlyStopBench;
import dev.assay.score.statistics.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStopTest {
  private static final Policy WHOLE = Policy.named(Policy.ASSAY_1);
  private static final Policy STOPPING =
      WHOLE.withRanking(WHOLE.ranking().withEarlyStop(EarlyStop.USUAL));

  private final ModelResult first = model(0, 10, 1.0);
  private final ModelResult leader = model(1, 20, 0.9);
  private final ModelResult behind = model(2, 30, 1.2);

  @Test
  void aModelThatWasStoppedChangesNoWeightAndDoesNotStay() {
    ModelResult stopped = upToItsStop(behind);
    assertThat(stopped.losses().count()).isBetween(10, 200);
    ScoringResult early = score(STOPPING, first, leader, stopped);
    ScoringResult full = score(WHOLE, first, leader, behind);
    assertThat(early.vector()).isEqualTo(full.vector());
    assertThat(early.models().get(2).outcome().isAccepted()).isTrue();
    assertThat(early.kept()).doesNotContain(stopped.entry().registration());
  }

  @Test
  void anExplanationSaysWhereAModelWasStoppedAndByWhom() {
    ModelResult stopped = upToItsStop(behind);
    List<Explanation> explanations = Explanations.of(input(STOPPING, first, leader, stopped));
    assertThat(explanations.get(2).stopped())
        .contains(new Stopped(stopped.losses().count(), 400, leader.entry(), 0.01));
    assertThat(explanations.get(1).stopped()).isEmpty();
    assertThat(Explanations.of(input(STOPPING, first, leader, behind)).get(2).stopped()).isEmpty();
  }

  @Test
  void whereEveryModelFailsThereIsNobodyToBeStoppedBy() {
    ModelResult failed = ModelResult.failed(first.entry(), Outcome.of(Verdict.REJECTED_CHECKPOINT));
    Samples samples = new Samples(1, Collections.nCopies(400, "source"));
    Round round = new Round("only", 1, STOPPING, samples, List.of(failed));
    Stops stops = new Stops(RoundScore.of(round, List.of(), 1_000), List.of());
    assertThat(stops.against(behind.entry())).isEmpty();
  }

  @Test
  void lossesThatEndBeforeOrAfterTheStopAreUnfounded() {
    int stop = upToItsStop(behind).losses().count();
    for (int count : new int[] {stop - 1, stop + 1, 399}) {
      assertThat(score(STOPPING, first, leader, cut(behind, count)).models().get(2).outcome())
          .extracting(outcome -> outcome.verdict())
          .isEqualTo(Verdict.PENDING);
    }
  }

  @Test
  void aBetterModelIsNotStopped() {
    ModelResult better = model(3, 40, 0.8);
    assertThat(upToItsStop(better)).isEqualTo(better);
  }

  @Test
  void aStopAgainstAModelThatLostItsPlaceIsUnfounded() {
    ModelResult stopped = upToItsStop(behind);
    // Between the two in order, and so far ahead of the leader that nothing later is compared.
    ModelResult earlier = model(4, 15, 0.5);
    ScoringResult result = score(STOPPING, first, earlier, leader, stopped);
    assertThat(result.models().get(3).outcome().verdict()).isEqualTo(Verdict.PENDING);
  }

  @Test
  void aPolicyWithoutTheRuleTakesWholeModelsAlone() {
    assertThat(score(WHOLE, first, leader, upToItsStop(behind)).models().get(2).outcome())
        .extracting(outcome -> outcome.verdict())
        .isEqualTo(Verdict.PENDING);
    for (String name : List.of(Policy.ORIGINAL, Policy.ORIGINAL_RANKED)) {
      assertThatThrownBy(() -> Policy.named(name).ranking().withEarlyStop(EarlyStop.USUAL))
          .hasMessageStartingWith("early_stop: needs a policy");
      assertThatThrownBy(() -> Policy.named(name).withEarlyStop(EarlyStop.USUAL))
          .hasMessageStartingWith("early_stop: is set under policy " + name);
    }
  }

  @Test
  void aBundleSaysWhereAModelWasStoppedAndReplaysIt() {
    ScoringInput input = input(STOPPING, first, leader, upToItsStop(behind));
    assertThat(InputText.read(InputText.write(input))).isEqualTo(input);
    assertThat(new String(InputText.write(input), StandardCharsets.UTF_8))
        .startsWith("assay-scoring-input 4\n");
    assertThat(new String(InputText.write(input(WHOLE, first)), StandardCharsets.UTF_8))
        .startsWith("assay-scoring-input 3\n");
  }

  @Test
  void onRecordedCurvesItSavesMostTokensAndErrsNoMoreThanStated() {
    assertThat(EarlyStopBench.run(4, 1).holds()).isTrue();
  }

  private ModelResult upToItsStop(ModelResult model) {
    Round round = Round.only(STOPPING, List.of(first, leader));
    Stops stops = new Stops(RoundScore.of(round, List.of(), 1_000), List.of());
    return stops
        .against(model.entry())
        .map(against -> against.pursuit().stop(model.losses().toArray()))
        .filter(stop -> stop.isPresent())
        .map(stop -> cut(model, stop.getAsInt()))
        .orElse(model);
  }

  private static ModelResult cut(ModelResult model, int count) {
    double[] losses = Arrays.copyOf(model.losses().toArray(), count);
    return ModelResult.accepted(model.entry(), Losses.of(losses));
  }

  private static ScoringResult score(Policy policy, ModelResult... models) {
    return Scoring.score(input(policy, models));
  }

  private static ScoringInput input(Policy policy, ModelResult... models) {
    return ScoringInput.of(1_000, Round.only(policy, List.of(models)), Standings.none());
  }

  private static ModelResult model(int uid, long block, double quality) {
    SeededRandom random = SeededRandom.of(3, uid);
    double[] losses = new double[400];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = Math.max(0, 2 * quality * (1 + 0.05 * random.nextGaussian()));
    }
    Entry entry = Entry.of(uid, "hotkey-" + uid, block, "model-" + uid);
    return ModelResult.accepted(entry, Losses.of(losses));
  }
}
