package dev.assay.score.copies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Verdict;
import dev.assay.score.explain.Explanation;
import dev.assay.score.explain.Explanations;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearLossesTest {
  private static final Policy ORIGINAL = Policy.named(Policy.ORIGINAL);
  private static final Policy RANKED = Policy.named(Policy.ORIGINAL_RANKED);
  private static final Policy ASSAY = Policy.named(Policy.ASSAY_1);

  @Test
  void equalLossesUnderAnotherDigestAreADuplicateOfTheEarlierModel() {
    for (Policy policy : List.of(RANKED, ASSAY)) {
      List<ScoredModel> models =
          score(policy, model(1, 30, losses(1, 0)), model(0, 20, losses(1, 0)));
      assertThat(models.get(0).outcome().verdict()).isEqualTo(Verdict.DUPLICATE);
      assertThat(models.get(0).outcome().breach().orElseThrow().limit())
          .isEqualTo("0.002 (uid 0, block 20)");
      assertThat(models.get(0).stepWeight()).isZero();
      assertThat(models.get(1).outcome().isAccepted()).isTrue();
      assertThat(models.get(1).stepWeight()).isEqualTo(1);
    }
  }

  @Test
  void noiseThatLossesHardlyShowIsADuplicateAndOtherTunesAreNot() {
    List<ScoredModel> models =
        score(
            RANKED,
            model(0, 20, losses(1, 0)),
            model(1, 30, losses(1, 0.003)),
            model(2, 40, losses(1, 0.03)));
    assertThat(models)
        .extracting(model -> model.outcome().verdict())
        .containsExactly(Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.ACCEPTED);
  }

  @Test
  void theOriginalsRulesPayANearCopyAndTheExplanationReportsIt() {
    ScoringInput input =
        input(
            ORIGINAL,
            model(0, 20, losses(1, 0)),
            model(1, 30, losses(1, 0)),
            model(2, 40, losses(2, 0)));
    assertThat(Scoring.score(input).models())
        .allMatch(model -> model.outcome().isAccepted() && model.stepWeight() > 0);
    List<Explanation> explanations = Explanations.of(input);
    assertThat(explanations.get(0).nearCopy()).isEmpty();
    assertThat(explanations.get(1).nearCopy().orElseThrow().limit()).contains("uid 0, block 20");
    assertThat(explanations.get(2).nearCopy()).isEmpty();
  }

  @Test
  void aCopyOfACopyIsADuplicateOfTheFirst() {
    List<ScoredModel> models =
        score(
            RANKED,
            model(0, 20, losses(1, 0)),
            model(1, 30, losses(1, 0.003)),
            model(2, 40, losses(1, 0.003)));
    assertThat(models.get(2).outcome().breach().orElseThrow().limit()).contains("uid 0, block 20");
  }

  @Test
  void losingOneSampleToNanDoesNotHideACopy() {
    double[] copied = losses(1, 0);
    copied[3] = Double.NaN;
    List<ScoredModel> models = score(RANKED, model(0, 20, losses(1, 0)), model(1, 30, copied));
    assertThat(models.get(1).outcome().verdict()).isEqualTo(Verdict.NON_FINITE);
  }

  @Test
  void ofOneBlockTheOrderOfTheInputDecidesNothing() {
    ModelResult one = model(7, 20, losses(1, 0));
    ModelResult other = model(3, 20, losses(1, 0));
    assertThat(score(RANKED, one, other).get(0).outcome().verdict()).isEqualTo(Verdict.DUPLICATE);
    assertThat(score(RANKED, other, one).get(1).outcome().verdict()).isEqualTo(Verdict.DUPLICATE);
  }

  private static List<ScoredModel> score(Policy policy, ModelResult... models) {
    return Scoring.score(input(policy, models)).models();
  }

  private static ScoringInput input(Policy policy, ModelResult... models) {
    return ScoringInput.of(100, Round.only(policy, List.of(models)), Standings.none());
  }

  private static ModelResult model(int uid, long block, double[] losses) {
    return ModelResult.accepted(Entry.of(uid, "h" + uid, block, "digest" + uid), Losses.of(losses));
  }

  private static double[] losses(long model, double noise) {
    SeededRandom own = new SeededRandom(model);
    SeededRandom extra = SeededRandom.of(model, 9);
    return IntStream.range(0, 200)
        .mapToDouble(i -> 2 + 0.3 * own.nextGaussian() + noise * extra.nextGaussian())
        .toArray();
  }
}
