package dev.assay.score.contest;

import dev.assay.score.entry.Entry;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.SampleFilter;
import dev.assay.score.rules.Field;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.Ranking;
import dev.assay.score.rules.Unranked;
import dev.assay.score.statistics.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one round alone awards, before any moving average.
 *
 * @param round the round
 * @param block the block at which ages are taken
 * @param models its models in the order given, settled
 * @param places for each model, its place among those that take part; -1 where it does not
 * @param filter the samples that decide
 * @param tournament counted wins of those that take part
 * @param duels what is established between those that take part, where the policy asks for it
 * @param stepWeights each model's share; they sum to 1, or to 0 if no model takes part
 */
public record RoundScore(
    Round round,
    long block,
    List<ModelResult> models,
    List<Integer> places,
    SampleFilter filter,
    Tournament tournament,
    Optional<Duels> duels,
    List<Double> stepWeights) {

  /**
   * Scores one round.
   *
   * @param previous what the last evaluation left of pairs of models, of this competition or others
   * @throws IllegalArgumentException if a UID or a hotkey is there twice, or the evidence is of the
   *     round's own window
   */
  public static RoundScore of(Round round, List<Evidence> previous, long block) {
    Contest contest = Contest.of(round.models(), round.policy());
    RoundScore score = of(round, contest, previous, block);
    while (Stops.allows(round.policy())) {
      List<Entry> unfounded = new Stops(score, previous).unfounded();
      if (unfounded.isEmpty()) {
        break;
      }
      contest = contest.without(unfounded);
      score = of(round, contest, previous, block);
    }
    return score;
  }

  private static RoundScore of(Round round, Contest contest, List<Evidence> previous, long block) {
    Policy policy = round.policy();
    List<ModelResult> players = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (ModelResult model : contest.models()) {
      boolean plays = takesPart(model, policy);
      places.add(plays ? players.size() : -1);
      if (plays) {
        players.add(model);
      }
    }
    Tournament tournament = Tournament.play(players, contest.samples(), policy.advantage(), block);
    Optional<Duels> duels =
        asksForDuels(policy.ranking())
            ? Optional.of(Duels.fight(round, players, contest.samples(), previous, block))
            : Optional.empty();
    double[] shares =
        new StepShares(players, contest.samples(), policy, block, tournament, duels).compute();
    List<Double> stepWeights =
        places.stream().map(place -> place < 0 ? 0.0 : shares[place]).toList();
    return new RoundScore(
        round, block, contest.models(), places, contest.samples(), tournament, duels, stepWeights);
  }

  private static boolean takesPart(ModelResult model, Policy policy) {
    return policy.entrants().unranked() == Unranked.PAID_AS_WINLESS || model.outcome().isAccepted();
  }

  private static boolean asksForDuels(Ranking ranking) {
    return ranking.field() == Field.COMPETITIVE_SET || ranking.significance().isPresent();
  }

  /** Whether no model takes part. */
  public boolean isEmpty() {
    return tournament.wins().isEmpty();
  }

  /** Whether a model failed and its miner is not to blame. */
  public boolean isExcused(int model) {
    Outcome outcome = models.get(model).outcome();
    return !outcome.isAccepted() && !outcome.isMinersFault();
  }

  /** The model that has a place. */
  public int modelAt(int place) {
    return places.indexOf(place);
  }

  /** Whether a model takes part with losses on the first samples alone. */
  public boolean isStopped(int model) {
    return places.get(model) >= 0
        && Stops.allows(round.policy())
        && models.get(model).losses().count() < filter.count();
  }

  /** Share of its matches that a model won; 0 where it has none. */
  public double winRate(int model) {
    return places.get(model) < 0 ? 0 : tournament.winRate(places.get(model));
  }

  /** Samples that a model won over all opponents. */
  public long wins(int model) {
    return places.get(model) < 0 ? 0 : tournament.wins().get(places.get(model));
  }

  /** Samples that a model was compared on over all opponents. */
  public long matches(int model) {
    return places.get(model) < 0 ? 0 : tournament.matches().get(places.get(model));
  }

  /** How a model did against every other; empty where it does not take part. */
  public List<Comparison> comparisons(int model) {
    int place = places.get(model);
    List<Comparison> comparisons = new ArrayList<>();
    for (int other = 0; place >= 0 && other < models.size(); other++) {
      if (other != model && places.get(other) >= 0) {
        comparisons.add(comparison(model, other));
      }
    }
    return comparisons;
  }

  /** How one model that takes part did against another. */
  public Comparison comparison(int model, int other) {
    int place = places.get(model);
    int otherPlace = places.get(other);
    return new Comparison(
        models.get(other).entry().uid(),
        models.get(model).entry().block() < models.get(other).entry().block(),
        Tournament.epsilon(models.get(model), models.get(other), round.policy().advantage(), block),
        tournament.pairWins().at(place, otherPlace),
        tournament.pairWins().at(otherPlace, place),
        tournament.pairMatches().at(place, otherPlace));
  }
}
