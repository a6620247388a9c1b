package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.score.contest.Round;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RankedPolicyTest {
  private static final Policy RANKED = Policy.named(Policy.ORIGINAL_RANKED);

  private final ModelResult good = model(0, 10, "a", 1.0, 1.1, 1.2);
  private final ModelResult better = model(1, 20, "b", 0.9, 1.0, 1.15);

  @Test
  void aDuplicateAndARejectedModelGetNothing() {
    ModelResult copy = model(2, 30, "b", 0.9, 1.0, 1.15);
    ModelResult broken =
        ModelResult.failed(Entry.of(3, "h3", 5, "c"), Outcome.of(Verdict.REJECTED_CHECKPOINT));
    ScoringResult result = score(good, better, copy, broken);

    assertThat(verdicts(result))
        .containsExactly(
            Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.REJECTED_CHECKPOINT);
    assertThat(result.models().get(2).stepWeight()).isZero();
    assertThat(result.models().get(3).stepWeight()).isZero();
    assertThat(stepWeights(result)).startsWith(stepWeights(score(good, better)));
    assertThat(result.vector().weights()).extracting(UidWeight::uid).containsExactly(1);
  }

  @Test
  void everybodyElseIsScoredAsTheOriginalWould() {
    ScoringResult original =
        Scoring.score(
            ScoringInput.of(
                100,
                Round.only(Policy.named(Policy.ORIGINAL), List.of(good, better)),
                Standings.none()));
    assertThat(stepWeights(score(good, better))).containsExactly(stepWeights(original));
  }

  @Test
  void oneNonFiniteLossFailsTheModelInsteadOfSkippingTheSample() {
    ModelResult nan = model(2, 30, "c", 0.5, Double.NaN, 0.5);
    ScoringResult result = score(good, better, nan);
    Outcome outcome = result.models().get(2).outcome();
    assertThat(outcome.verdict()).isEqualTo(Verdict.NON_FINITE);
    assertThat(outcome.breach().orElseThrow())
        .isEqualTo(new Breach("loss on sample 1 is finite", "NaN", "finite"));
    assertThat(stepWeights(result)).startsWith(stepWeights(score(good, better)));
  }

  @Test
  void aSampleThatIsEmptyForEverybodyIsSkipped() {
    ScoringResult result =
        score(model(0, 10, "a", 1.0, Double.NaN), model(1, 20, "b", 0.9, Double.NaN));
    assertThat(verdicts(result)).containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED);
    assertThat(result.models().get(0).matches()).isEqualTo(1);
    assertThat(result.models().get(1).winRate()).isEqualTo(1);
  }

  @Test
  void modelsWithoutAnyFiniteLossFailEvenAlone() {
    ScoringResult result = score(model(0, 10, "a", Double.NaN, Double.POSITIVE_INFINITY));
    assertThat(verdicts(result)).containsExactly(Verdict.NON_FINITE);
    assertThat(result.vector().weights()).isEmpty();
  }

  @Test
  void aModelThatLacksLossesIsPending() {
    ScoringResult result = score(good, model(1, 20, "b", 0.9));
    assertThat(verdicts(result)).containsExactly(Verdict.ACCEPTED, Verdict.PENDING);
    assertThat(result.models().get(1).outcome().blame()).contains(Blame.INFRASTRUCTURE);
  }

  @Test
  void whereNobodyTakesPartTheWeightsStayAsTheyAre() {
    Standings before = score(good, better).standings();
    ModelResult lost = ModelResult.failed(good.entry(), Outcome.of(Verdict.UNAVAILABLE));
    ScoringResult result =
        Scoring.score(ScoringInput.of(200, Round.only(RANKED, List.of(lost)), before));
    assertThat(result.standings().weightByUid()).isEqualTo(before.weightByUid());
    assertThat(result.vector()).isEqualTo(score(good, better).vector());
  }

  @Test
  void aRecycledUidInheritsNothing() {
    Standings before = score(good, better).standings();
    ModelResult newcomer =
        ModelResult.failed(
            new Entry(1, "newcomer", 150, 160, OptionalInt.empty(), Optional.empty()),
            Outcome.of(Verdict.NOT_FOUND));
    Standings held = before.heldBy(List.of(good.entry().registration()));
    ScoringResult result =
        Scoring.score(ScoringInput.of(200, Round.only(RANKED, List.of(good, newcomer)), held));
    assertThat(result.models().get(1).weight()).isZero();
    assertThat(result.vector().of(1)).isZero();
  }

  @Test
  void theMovingAverageKeepsNineTenths() {
    Standings before = Standings.byUid("only", Map.of(0, 0.7, 1, 0.3), entries());
    ScoringResult result =
        Scoring.score(ScoringInput.of(100, Round.only(RANKED, List.of(good, better)), before));
    double step = result.models().get(1).stepWeight();
    assertThat(result.models().get(1).weight()).isCloseTo(0.27 + 0.1 * step, within(1e-15));
  }

  private List<Entry> entries() {
    return List.of(good.entry(), better.entry());
  }

  private static ScoringResult score(ModelResult... models) {
    return Scoring.score(
        ScoringInput.of(100, Round.only(RANKED, List.of(models)), Standings.none()));
  }

  private static ModelResult model(int uid, long block, String digest, double... losses) {
    return ModelResult.accepted(Entry.of(uid, "h" + uid, block, digest), Losses.of(losses));
  }

  private static List<Verdict> verdicts(ScoringResult result) {
    return result.models().stream().map(model -> model.outcome().verdict()).toList();
  }

  private static Double[] stepWeights(ScoringResult result) {
    return result.models().stream().map(ScoredModel::stepWeight).toArray(Double[]::new);
  }
}
