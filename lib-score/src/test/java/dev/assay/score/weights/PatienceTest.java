package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an evaluation costs a miner whose model it could not judge. */
class PatienceTest {
  private static final int BEST = 0;

  /** Two models that earn, the better one more, until neither's share moves any more. */
  private static Standings settled(Policy policy) {
    Standings standings = Standings.none();
    for (int i = 0; i < 200; i++) {
      standings = Scoring.score(input(policy, standings, best(), second())).standings();
    }
    return standings;
  }

  private static ScoringInput input(Policy policy, Standings previous, ModelResult... models) {
    return ScoringInput.of(10_000, Round.only(policy, List.of(models)), previous);
  }

  private static ModelResult best() {
    return ModelResult.accepted(
        Entry.of(BEST, "h0", 10, "a"), Losses.of(0.9, 1.1, 0.9, 1.1, 0.9, 0.9));
  }

  private static ModelResult second() {
    return ModelResult.accepted(
        Entry.of(1, "h1", 20, "b"), Losses.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0));
  }

  private static ModelResult unjudged(Outcome outcome) {
    return ModelResult.failed(Entry.of(BEST, "h0", 10, "a"), outcome);
  }

  private static double share(Standings standings) {
    double all = standings.standings().stream().mapToDouble(Standing::weight).sum();
    return standings.standings().stream()
            .filter(standing -> standing.registration().uid() == BEST)
            .mapToDouble(Standing::weight)
            .sum()
        / all;
  }

  @ParameterizedTest
  @ValueSource(strings = {Policy.ORIGINAL_RANKED, Policy.ASSAY_1})
  void anUnjudgedModelKeepsWhatItEarnedForTwoWindowsAndThenLosesIt(String name) {
    Policy policy = Policy.named(name);
    assertThat(policy.payment().patience()).isEqualTo(2);
    Standings standings = settled(policy);
    double earned = share(standings);
    assertThat(earned).isGreaterThan(0.5);

    for (int window = 1; window <= 2; window++) {
      standings =
          Scoring.score(input(policy, standings, unjudged(Outcome.of(Verdict.CRASHED)), second()))
              .standings();
      assertThat(share(standings)).as("window %d", window).isCloseTo(earned, within(1e-9));
    }
    for (int window = 3; window <= 60; window++) {
      double before = share(standings);
      standings =
          Scoring.score(input(policy, standings, unjudged(Outcome.of(Verdict.CRASHED)), second()))
              .standings();
      assertThat(share(standings)).as("window %d", window).isLessThanOrEqualTo(before * 0.91);
    }
    assertThat(share(standings)).isLessThan(0.005);
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void onlyTheMinersOwnFaultCostsAtOnce(Verdict verdict) {
    if (verdict == Verdict.ACCEPTED) {
      return;
    }
    for (String name : List.of(Policy.ORIGINAL_RANKED, Policy.ASSAY_1)) {
      Standings standings = settled(Policy.named(name));
      double earned = share(standings);

      double left =
          share(
              Scoring.score(
                      input(Policy.named(name), standings, unjudged(Outcome.of(verdict)), second()))
                  .standings());

      if (verdict.usualBlame().orElseThrow() == Blame.MINER) {
        assertThat(left).as(name).isLessThan(earned * 0.95);
      } else {
        assertThat(left).as(name).isCloseTo(earned, within(1e-9));
      }
    }
  }

  @Test
  void aModelThatIsJudgedAgainStartsItsPatienceAnew() {
    Policy policy = Policy.named(Policy.ORIGINAL_RANKED);
    Standings standings = settled(policy);
    ModelResult away = unjudged(Outcome.of(Verdict.UNAVAILABLE));
    for (int round = 0; round < 3; round++) {
      double before = share(standings);
      standings = Scoring.score(input(policy, standings, away, second())).standings();
      standings = Scoring.score(input(policy, standings, away, second())).standings();
      assertThat(share(standings)).isCloseTo(before, within(1e-9));
      standings = Scoring.score(input(policy, standings, best(), second())).standings();
    }
  }

  /** One average is for both competitions, and holds through both rounds. */
  @Test
  void holdsAWeightThroughEveryRoundOfACommonAverage() {
    Policy policy = Policy.named(Policy.ORIGINAL_RANKED);
    Standings standings = Standings.none();
    for (int i = 0; i < 300; i++) {
      standings = Scoring.score(two(policy, standings, best())).standings();
    }
    double earned = share(standings);
    assertThat(earned).isBetween(0.3, 0.95);

    for (int window = 1; window <= 2; window++) {
      standings =
          Scoring.score(two(policy, standings, unjudged(Outcome.of(Verdict.UNAVAILABLE))))
              .standings();
      assertThat(share(standings)).isCloseTo(earned, within(1e-9));
    }
    standings =
        Scoring.score(two(policy, standings, unjudged(Outcome.of(Verdict.UNAVAILABLE))))
            .standings();
    assertThat(share(standings)).isLessThan(earned * 0.95);
  }

  private static ScoringInput two(Policy policy, Standings previous, ModelResult first) {
    ModelResult other =
        ModelResult.accepted(Entry.of(2, "h2", 20, "c"), Losses.of(1, 1, 1, 1, 1, 1));
    return new ScoringInput(
        10_000,
        2,
        List.of(
            new Round("x", 0.6, policy, Samples.INDEPENDENT, List.of(first, second())),
            new Round("y", 0.4, policy, Samples.INDEPENDENT, List.of(other))),
        previous,
        WeightLimits.NONE);
  }

  @Test
  void theOriginalHasNoPatience() {
    Policy policy = Policy.named(Policy.ORIGINAL);
    Standings standings = settled(policy);

    ScoringResult result =
        Scoring.score(input(policy, standings, unjudged(Outcome.of(Verdict.CRASHED)), second()));

    assertThat(policy.payment().patience()).isZero();
    assertThat(share(result.standings())).isLessThan(share(standings) * 0.99);
    assertThat(result.standings().standings()).allMatch(standing -> standing.missed() == 0);
  }
}
