package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Registration;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OriginalPolicyTest {
  private static final Offset<Double> TOLERANCE = within(1e-6);

  static List<GoldenFile.Case> cases() {
    return GoldenFile.read().cases();
  }

  @Test
  void theGoldenFileHoldsElevenCases() {
    assertThat(cases()).hasSize(11);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheOriginal(GoldenFile.Case golden) {
    Standings standings = Standings.none();
    int number = 0;
    for (GoldenFile.Step step : golden.steps()) {
      String competition = number++ % 2 == 0 ? "a" : "b";
      Round round =
          new Round(
              competition,
              step.share(),
              Policy.named(Policy.ORIGINAL),
              Samples.INDEPENDENT,
              step.models());
      ScoringResult result =
          Scoring.score(
              new ScoringInput(
                  2_000, step.competitions(), List.of(round), standings, WeightLimits.NONE));
      assertModels(step, result);
      assertWeights(step, result);
      standings = result.standings();
    }
  }

  private static void assertModels(GoldenFile.Step step, ScoringResult result) {
    double scale = step.competitions() * step.share();
    for (ScoredModel model : result.models()) {
      GoldenFile.Expected expected = step.expected().get(model.entry().uid());
      assertThat(model.wins()).isEqualTo(expected.wins());
      assertThat(model.winRate()).isEqualTo(expected.winRate());
      assertThat(model.stepWeight()).isCloseTo(scale * expected.stepWeight(), TOLERANCE);
      boolean set = step.duplicates().contains(model.entry().uid());
      boolean duplicate = model.outcome().verdict() == Verdict.DUPLICATE;
      assertThat(duplicate).isEqualTo(set && model.entry().digest().isPresent());
    }
    assertThat(result.kept())
        .extracting(Registration::uid)
        .containsExactlyInAnyOrderElementsOf(step.kept());
  }

  private static void assertWeights(GoldenFile.Step step, ScoringResult result) {
    for (int uid = 0; uid < step.weights().size(); uid++) {
      double weight = result.standings().weightByUid().getOrDefault(uid, 0.0);
      assertThat(weight).isCloseTo(step.weights().get(uid), TOLERANCE);
    }
    for (ScoredModel model : result.models()) {
      assertThat(model.weight()).isCloseTo(step.weights().get(model.entry().uid()), TOLERANCE);
    }
  }
}
