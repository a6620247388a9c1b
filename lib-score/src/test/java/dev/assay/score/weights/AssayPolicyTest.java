package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.explain.Explanation;
import dev.assay.score.explain.Explanations;
import dev.assay.score.explain.Obstacle;
import dev.assay.score.rules.Advantage;
import dev.assay.score.rules.Field;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.Ranking;
import dev.assay.score.rules.Reward;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.statistics.Significance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AssayPolicyTest {
  private static final Policy ASSAY = Policy.named(Policy.ASSAY_1);
  private static final long DAY = 7_200;

  @Test
  void aClearlyBetterLaterModelLeads() {
    ScoringResult result = score(0, model(0, 10, 1.0), model(1, 20, 0.9), model(2, 30, 1.2));
    assertThat(stepWeights(result)).containsExactly(0.0, 1.0, 0.0);
    assertThat(result.vector().weights()).containsExactly(new UidWeight(1, 65_535));
  }

  @Test
  void newerCommitWinsOnlyBeyondEpsilon() {
    assertThat(stepWeights(score(0, exact(0, 10, 1.0), exact(1, 20, 0.992))))
        .containsExactly(1.0, 0.0);
    assertThat(stepWeights(score(0, exact(0, 10, 1.0), exact(1, 20, 0.985))))
        .containsExactly(0.0, 1.0);
  }

  @Test
  void epsilonDecaysUntilASmallerImprovementIsEnough() {
    ModelResult[] models = {exact(0, 10, 1.0), exact(1, 20, 0.992)};
    assertThat(stepWeights(score(7 * DAY + 10, models))).containsExactly(0.0, 1.0);
  }

  @Test
  void theExplanationNamesTheBlockAtWhichEpsilonStopsMattering() {
    ModelResult[] models = {exact(0, 10, 1.0), exact(1, 20, 0.992)};
    List<Explanation> explanations =
        Explanations.of(ScoringInput.of(0, Round.only(ASSAY, List.of(models)), Standings.none()));
    Explanation explanation = explanations.get(1);
    Obstacle obstacle = explanation.obstacles().get(0);
    assertThat(obstacle.opponent().uid()).isZero();
    assertThat(obstacle.epsilon()).isEqualTo(0.01);
    long until = obstacle.untilBlock().orElseThrow();
    assertThat(stepWeights(score(until + 1, models))).containsExactly(0.0, 1.0);
    assertThat(stepWeights(score(until - 20, models))).containsExactly(1.0, 0.0);
    assertThat(explanations.get(0).leads()).isTrue();
  }

  @Test
  void ofTwoModelsInOneBlockTheLowerExtrinsicIndexIsTheEarlier() {
    ModelResult late = inBlock(0, 7, 1.0, "a");
    ModelResult early = inBlock(1, 3, 1.0, "b");
    assertThat(stepWeights(score(0, late, early))).containsExactly(0.0, 1.0);
    assertThat(score(0, inBlock(0, 7, 1.0, "same"), inBlock(1, 3, 1.0, "same")).models())
        .extracting(model -> model.outcome().verdict())
        .containsExactly(Verdict.DUPLICATE, Verdict.ACCEPTED);
  }

  @Test
  void onlyEntriesOfOneBlockNeedTheirExtrinsicIndex() {
    Entry alone = Entry.of(0, "a", 10, "d0");
    Entry tied = Entry.of(1, "b", 11, "d1");
    Entry known = new Entry(2, "c", 0, 11, OptionalInt.of(4), Optional.of("d2"));
    assertThat(EntryOrder.tied(List.of(alone, tied, known))).containsExactly(tied);
  }

  @Test
  void aCommitmentOlderThanItsRegistrationCountsFromTheRegistration() {
    Entry returned = new Entry(0, "old", 500, 10, OptionalInt.empty(), Optional.of("x"));
    Entry stayed = Entry.of(1, "new", 100, "y");
    ModelResult back = ModelResult.accepted(returned, losses(0, 1.0, 0.1));
    ModelResult there = ModelResult.accepted(stayed, losses(1, 1.0, 0.1));
    assertThat(stepWeights(score(1_000, back, there))).containsExactly(0.0, 1.0);
  }

  @Test
  void aSmallAdvantageIsEstablishedOverSeveralWindowsAndThenStands() {
    Standings standings = Standings.none();
    List<Double> leads = new ArrayList<>();
    for (int window = 0; window < 17; window++) {
      ScoringResult result =
          Scoring.score(
              new ScoringInput(
                  1_000 + 100L * window,
                  1,
                  List.of(round(window, noisy(0, 10, 1.0, window), noisy(1, 20, 0.975, window))),
                  standings,
                  WeightLimits.NONE));
      standings = result.standings();
      leads.add(result.models().get(1).stepWeight());
    }
    assertThat(leads.get(0)).isZero();
    assertThat(leads.get(16)).isEqualTo(1);
    assertThat(leads).isSorted();
    // Decided on in windows 0, 8 and 16 alone.
    assertThat(leads.indexOf(1.0)).isIn(8, 16);
  }

  @Test
  void aPairIsDecidedOnInItsFirstWindowAndThenInEveryEighth() {
    Significance rule = Significance.DEFAULT;
    assertThat(rule.isDue(-1, 5)).isTrue();
    assertThat(rule.isDue(5, 7)).isFalse();
    assertThat(rule.isDue(7, 8)).isTrue();
    assertThat(rule.isDue(8, 15)).isFalse();
    // Whoever missed window 16 decides in the next that he sees.
    assertThat(rule.isDue(15, 18)).isTrue();
    assertThat(rule.isDue(-1, -1)).isTrue();
  }

  @Test
  void aWeightThatEarnsNothingIsDroppedOnceItIsSmall() {
    ModelResult early = model(0, 10, 1.0);
    Standings standings =
        Scoring.score(ScoringInput.of(50, round(0, early), Standings.none())).standings();
    List<Double> shares = new ArrayList<>();
    for (int window = 1; window < 40; window++) {
      Round round = round(window, noisy(0, 10, 1.0, window), noisy(1, 20, 0.8, window));
      standings = Scoring.score(ScoringInput.of(1_000, round, standings)).standings();
      shares.add(standings.weightByUid().get(0));
      assertThat(sum(standings, "only")).isCloseTo(1, within(1e-12));
    }
    assertThat(shares.get(0)).isCloseTo(0.9, within(1e-12));
    assertThat(shares).filteredOn(share -> share > 0).allMatch(share -> share >= 0.05);
    assertThat(shares.get(27)).isPositive();
    assertThat(shares.get(28)).isZero();
    assertThat(standings.weightByUid().get(1)).isEqualTo(1);
  }

  @Test
  void evidenceOfOneWindowIsNeverCountedTwice() {
    Round round = round(4, model(0, 10, 1.0), model(1, 20, 1.0));
    ScoringResult once = Scoring.score(ScoringInput.of(1_000, round, Standings.none()));
    assertThatThrownBy(() -> Scoring.score(ScoringInput.of(1_000, round, once.standings())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hold evidence of window 4, must be older than window 4");
  }

  @Test
  void nonFiniteModelsChangeNobodysWeight() {
    ScoringResult with =
        score(
            0,
            model(0, 10, 1.0),
            model(1, 20, 0.9),
            ModelResult.accepted(Entry.of(2, "h2", 5, "c"), constant(Double.NaN)),
            ModelResult.accepted(Entry.of(3, "h3", 6, "d"), constant(Double.POSITIVE_INFINITY)));
    assertThat(stepWeights(with)).containsExactly(0.0, 1.0, 0.0, 0.0);
    assertThat(with.models().get(2).outcome().verdict()).isEqualTo(Verdict.NON_FINITE);
  }

  @Test
  void anErraticEarlierModelCannotBlockABetterOne() {
    double[] erratic = losses(0, 1.0, 0.1).toArray();
    for (int i = 0; i < erratic.length; i += 10) {
      erratic[i] = 1e9;
    }
    ModelResult first = ModelResult.accepted(Entry.of(0, "h0", 10, "a"), Losses.of(erratic));
    assertThat(stepWeights(score(0, first, model(1, 20, 1.0)))).containsExactly(0.0, 1.0);
  }

  @Test
  void averagesSitAtTheConfiguredSharesAfterEveryEvaluation() {
    Standings standings = Standings.none();
    for (int window = 0; window < 6; window++) {
      Round l3 = named("l3", 0.6, window, model(0, 10, 1.0), model(1, 20, 0.9));
      Round s1 = named("s1", 0.4, window, model(2, 10, 1.0), model(3, 20, 1.0));
      List<Round> rounds = window % 2 == 0 ? List.of(l3) : List.of(s1);
      standings =
          Scoring.score(new ScoringInput(1_000, 2, rounds, standings, WeightLimits.NONE))
              .standings();
      assertThat(sum(standings, "l3")).isCloseTo(0.6, within(1e-12));
      assertThat(sum(standings, "s1")).isCloseTo(window == 0 ? 0 : 0.4, within(1e-12));
    }
  }

  @Test
  void aFailureThatIsNotTheMinersCostsHimNothingForTwoEvaluations() {
    ModelResult winner = model(1, 20, 0.9);
    ScoringResult before = score(0, model(0, 10, 1.0), winner);
    Standings standings = before.standings();
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ModelResult lost = ModelResult.failed(winner.entry(), Outcome.of(Verdict.UNAVAILABLE));
      ScoringResult result =
          Scoring.score(
              ScoringInput.of(
                  1_000, Round.only(ASSAY, List.of(model(0, 10, 1.0), lost)), standings));
      standings = result.standings();
      weights.add(result.models().get(1).weight());
      assertThat(result.kept()).contains(winner.entry().registration());
    }
    assertThat(weights).startsWith(1.0, 1.0);
    assertThat(weights.get(2)).isCloseTo(0.9, within(1e-12));
    assertThat(weights.get(3)).isCloseTo(0.81, within(1e-12));
  }

  @Test
  void aFailureOfTheMinersOwnCostsAtOnce() {
    ModelResult winner = model(1, 20, 0.9);
    Standings standings = score(0, model(0, 10, 1.0), winner).standings();
    ModelResult gone = ModelResult.failed(winner.entry(), Outcome.of(Verdict.NOT_FOUND));
    ScoringResult result =
        Scoring.score(
            ScoringInput.of(1_000, Round.only(ASSAY, List.of(model(0, 10, 1.0), gone)), standings));
    assertThat(result.models().get(1).weight()).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void aRecycledUidInheritsNeitherWeightNorEvidence() {
    ModelResult winner = model(1, 20, 0.9);
    Standings standings = score(0, model(0, 10, 1.0), winner).standings();
    Entry newcomer = new Entry(1, "other", 900, 950, OptionalInt.empty(), Optional.of("new"));
    Standings held =
        standings.heldBy(
            List.of(model(0, 10, 1.0).entry().registration(), newcomer.registration()));
    ScoringResult result =
        Scoring.score(
            ScoringInput.of(
                1_000,
                Round.only(
                    ASSAY,
                    List.of(
                        model(0, 10, 1.0), ModelResult.accepted(newcomer, losses(1, 1.0, 0.1)))),
                held));
    assertThat(result.models().get(1).weight()).isZero();
    assertThat(result.models().get(0).weight()).isEqualTo(1);
  }

  @Test
  void everyPartCanBeSwitched() {
    Ranking soft =
        new Ranking(Field.COMPETITIVE_SET, Optional.of(Significance.DEFAULT), Reward.SOFTMAX);
    Ranking counted = new Ranking(Field.COMPETITIVE_SET, Optional.empty(), Reward.SOFTMAX);
    Ranking best = new Ranking(Field.EVERYBODY, Optional.empty(), Reward.LEADER);
    ModelResult[] models = {exact(0, 10, 1.0), exact(1, 20, 0.9), exact(2, 30, 0.893)};
    assertThat(stepWeights(score(ASSAY.withRanking(soft), 0, models)).get(1)).isGreaterThan(0.99);
    assertThat(stepWeights(score(ASSAY.withRanking(counted), 0, models)).get(2)).isZero();
    assertThat(stepWeights(score(ASSAY.withRanking(best), 0, models)))
        .containsExactly(0.0, 1.0, 0.0);
    Policy noAdvantage = ASSAY.withAdvantage(Advantage.fixed(0));
    assertThat(stepWeights(score(noAdvantage, 0, models))).containsExactly(0.0, 0.0, 1.0);
    assertThat(ASSAY.deviations()).hasSize(15);
    assertThat(Policy.named(Policy.ORIGINAL).deviations()).isEmpty();
  }

  private static double sum(Standings standings, String competition) {
    return standings.standings().stream()
        .filter(standing -> standing.competition().equals(competition))
        .mapToDouble(Standing::weight)
        .sum();
  }

  private static ScoringResult score(long block, ModelResult... models) {
    return score(ASSAY, block, models);
  }

  private static ScoringResult score(Policy policy, long block, ModelResult... models) {
    return Scoring.score(
        ScoringInput.of(block, Round.only(policy, List.of(models)), Standings.none()));
  }

  private static Round round(int window, ModelResult... models) {
    return named("only", 1, window, models);
  }

  private static Round named(String competition, double share, int window, ModelResult... models) {
    return new Round(competition, share, ASSAY, new Samples(window, List.of()), List.of(models));
  }

  private static ModelResult model(int uid, long block, double quality) {
    return ModelResult.accepted(
        Entry.of(uid, "h" + uid, block, "d" + uid), losses(uid, quality, 0.02));
  }

  /** A model whose every loss is the same multiple of the sample's base. */
  private static ModelResult exact(int uid, long block, double quality) {
    return ModelResult.accepted(
        Entry.of(uid, "h" + uid, block, "d" + uid), losses(uid, quality, 0));
  }

  private static ModelResult noisy(int uid, long block, double quality, int window) {
    return ModelResult.accepted(
        Entry.of(uid, "h" + uid, block, "d" + uid), losses(100 * window + uid, quality, 0.1));
  }

  private static ModelResult inBlock(int uid, int index, double quality, String digest) {
    return ModelResult.accepted(
        new Entry(uid, "h" + uid, 0, 10, OptionalInt.of(index), Optional.of(digest)),
        losses(uid, quality, 0.02));
  }

  private static Losses losses(int stream, double quality, double spread) {
    SeededRandom base = new SeededRandom(7);
    SeededRandom own = SeededRandom.of(8, stream);
    double[] losses = new double[400];
    for (int i = 0; i < losses.length; i++) {
      losses[i] =
          1.6 * Math.exp(0.4 * base.nextGaussian()) * quality * (1 + spread * own.nextGaussian());
    }
    return Losses.of(losses);
  }

  private static Losses constant(double value) {
    double[] losses = new double[400];
    Arrays.fill(losses, value);
    return Losses.of(losses);
  }

  private static List<Double> stepWeights(ScoringResult result) {
    return result.models().stream().map(ScoredModel::stepWeight).toList();
  }
}
