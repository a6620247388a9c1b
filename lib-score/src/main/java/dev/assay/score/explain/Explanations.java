package dev.assay.score.explain;

import dev.assay.score.contest.Clusters;
import dev.assay.score.contest.Duel;
import dev.assay.score.contest.Duels;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.contest.Stops;
import dev.assay.score.contest.Tournament;
import dev.assay.score.copies.NearLosses;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.Entrants;
import dev.assay.score.statistics.Bootstrap;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.statistics.Interval;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.statistics.Significance;
import dev.assay.score.weights.ScoredRounds;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Explains the rounds of an evaluation. */
public final class Explanations {
  private static final int MOST_OBSTACLES = 3;
  private static final int DECISIVE_SAMPLES = 5;
  private static final int RESAMPLES = 200;
  private static final double WINDOW_CONFIDENCE = 0.95;

  private final RoundScore score;
  private final Stops stops;
  private final int[] clusters;
  private final List<Optional<Breach>> nearCopies;

  /** The competitive set, its leader first; empty where the policy asks for no duels. */
  private final List<Integer> newestFirst;

  private Explanations(RoundScore score, List<Evidence> previous) {
    this.score = score;
    stops = new Stops(score, previous);
    nearCopies = nearCopies(score);
    clusters = Clusters.number(score.round().samples(), score.filter());
    newestFirst = new ArrayList<>(score.duels().map(Duels::competitiveSet).orElse(List.of()));
    Collections.reverse(newestFirst);
  }

  /**
   * Why every model of every round stands where it stands, in the order of {@link
   * ScoringResult#models}. Models are explained side by side: each draws from a seed of its own.
   */
  public static List<Explanation> of(ScoredRounds rounds) {
    List<Evidence> previous = rounds.input().previous().evidence();
    return rounds.scores().stream().flatMap(score -> of(score, previous).stream()).toList();
  }

  /** The same of rounds that are not scored yet. */
  public static List<Explanation> of(ScoringInput input) {
    return of(ScoredRounds.of(input));
  }

  private static List<Explanation> of(RoundScore score, List<Evidence> previous) {
    Explanations explanations = new Explanations(score, previous);
    return IntStream.range(0, score.models().size())
        .parallel()
        .mapToObj(explanations::explain)
        .toList();
  }

  private Explanation explain(int model) {
    List<Obstacle> obstacles =
        opponents(model).stream()
            .limit(MOST_OBSTACLES)
            .map(opponent -> obstacle(model, opponent))
            .toList();
    ModelResult result = score.models().get(model);
    boolean leads = score.places().get(model) >= 0 && obstacles.isEmpty();
    return new Explanation(
        result.entry(),
        score.round().competition(),
        result.outcome(),
        nearCopies.get(model),
        stopped(model),
        leads,
        obstacles);
  }

  private Optional<Stopped> stopped(int model) {
    if (!score.isStopped(model)) {
      return Optional.empty();
    }
    ModelResult result = score.models().get(model);
    double error = score.round().policy().ranking().earlyStop().orElseThrow().error();
    return stops
        .stoppedBy(result)
        .map(
            against ->
                new Stopped(
                    result.losses().count(), score.filter().count(), against.ahead(), error));
  }

  /** Looked for under every policy, also where they are paid. */
  private static List<Optional<Breach>> nearCopies(RoundScore score) {
    Entrants rules = score.round().policy().entrants();
    double largest = rules.nearLosses() == 0 ? Entrants.NEAR_LOSSES : rules.nearLosses();
    return NearLosses.find(score.round().models(), score.filter(), largest).stream()
        .map(near -> near.map(found -> found.breach(largest)))
        .toList();
  }

  /** Models that stand in a model's way, the gravest first. */
  private List<Integer> opponents(int model) {
    int place = score.places().get(model);
    if (place < 0) {
      return List.of();
    }
    return score.duels().isPresent() ? duelOpponents(place) : countedOpponents(place);
  }

  /** The leader first: a model that beats it needs no other victory. */
  private List<Integer> duelOpponents(int place) {
    Duels duels = score.duels().orElseThrow();
    return newestFirst.stream()
        .filter(member -> member != place && !duels.leads(place, member))
        .map(score::modelAt)
        .toList();
  }

  private List<Integer> countedOpponents(int place) {
    Tournament.Grid wins = score.tournament().pairWins();
    return IntStream.range(0, score.tournament().wins().size())
        .boxed()
        .filter(other -> wins.at(other, place) > wins.at(place, other))
        .sorted(
            Comparator.<Integer>comparingInt(other -> wins.at(place, other) - wins.at(other, place))
                .thenComparingDouble(
                    other -> score.models().get(score.modelAt(other)).losses().mean()))
        .map(score::modelAt)
        .toList();
  }

  private Obstacle obstacle(int model, int opponent) {
    Entry entry = score.models().get(model).entry();
    Entry other = score.models().get(opponent).entry();
    Optional<Duel> duel =
        score.duels().map(d -> d.between(score.places().get(model), score.places().get(opponent)));
    Optional<Significance> significance = score.round().policy().ranking().significance();
    boolean opponentIsEarlier = isEarlier(other, entry);
    double epsilon = duel.map(Duel::epsilon).orElseGet(() -> epsilon(entry, other));
    double[] ahead = aheadOnSamples(model, opponent, opponentIsEarlier, epsilon);
    OptionalDouble sufficient =
        opponentIsEarlier ? sufficientEpsilon(duel, significance) : OptionalDouble.empty();
    return new Obstacle(
        other,
        opponentIsEarlier,
        epsilon,
        duel.map(d -> opponentIsEarlier ? d.ahead() : negated(d.ahead())),
        significance.isPresent()
            ? OptionalDouble.of(1 - significance.get().errorOfPair())
            : OptionalDouble.empty(),
        duel.map(Duel::decision),
        Bootstrap.mean(
            ahead,
            clusters,
            RESAMPLES,
            WINDOW_CONFIDENCE,
            SeededRandom.of(score.block(), entry.uid(), other.uid())),
        sufficient,
        untilBlock(sufficient, other),
        score.comparison(model, opponent),
        worst(ahead));
  }

  private boolean isEarlier(Entry one, Entry other) {
    return score.duels().isPresent()
        ? EntryOrder.EARLIEST_FIRST.compare(one, other) < 0
        : one.block() < other.block();
  }

  private double epsilon(Entry one, Entry other) {
    return one.block() == other.block()
        ? 0
        : score
            .round()
            .policy()
            .advantage()
            .epsilon(Math.min(one.block(), other.block()), score.block());
  }

  /** For each sample how far the model is ahead of the opponent once the earlier one has its ε. */
  private double[] aheadOnSamples(
      int model, int opponent, boolean opponentIsEarlier, double epsilon) {
    double[] own = score.models().get(model).losses().toArray();
    double[] theirs = score.models().get(opponent).losses().toArray();
    double[] ahead = new double[Math.min(own.length, Math.min(theirs.length, clusters.length))];
    double sign = opponentIsEarlier ? -epsilon : epsilon;
    for (int i = 0; i < ahead.length; i++) {
      double value = theirs[i] - own[i] + sign * Math.min(own[i], theirs[i]);
      ahead[i] =
          Double.isNaN(value) ? 0 : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }
    return ahead;
  }

  private List<Integer> worst(double[] ahead) {
    return IntStream.range(0, ahead.length)
        .filter(i -> clusters[i] >= 0 && ahead[i] < 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> ahead[i]))
        .limit(DECISIVE_SAMPLES)
        .toList();
  }

  private static Interval negated(Interval interval) {
    return new Interval(-interval.estimate(), -interval.high(), -interval.low());
  }

  private static OptionalDouble sufficientEpsilon(
      Optional<Duel> duel, Optional<Significance> significance) {
    return duel.isPresent() && significance.isPresent()
        ? significance.get().largestEpsilon(duel.get().evidence())
        : OptionalDouble.empty();
  }

  private OptionalLong untilBlock(OptionalDouble sufficient, Entry opponent) {
    return sufficient.isPresent()
        ? score
            .round()
            .policy()
            .advantage()
            .blockOf(sufficient.getAsDouble(), opponent.standsSince())
        : OptionalLong.empty();
  }
}
