package dev.assay.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one round alone awards, before any moving average.
 *
 * @param round the round
 * @param models its models in the order given, settled
 * @param places for each model, its place in the tournament; -1 where it does not take part
 * @param tournament wins of those that take part
 * @param stepWeights for each model its share; they sum to 1, or to 0 where nobody takes part
 * @param block the block at which ages are taken
 */
record RoundScore(
    Round round,
    List<ModelResult> models,
    List<Integer> places,
    Tournament tournament,
    List<Double> stepWeights,
    long block) {

  static RoundScore of(Round round, long block) {
    Policy policy = round.policy();
    Contest contest = Contest.of(round.models(), policy);
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
    double[] rates = IntStream.range(0, players.size()).mapToDouble(tournament::winRate).toArray();
    double[] shares = Softmax.of(rates, policy.temperature());
    List<Double> stepWeights =
        places.stream().map(place -> place < 0 ? 0.0 : shares[place]).toList();
    return new RoundScore(round, contest.models(), places, tournament, stepWeights, block);
  }

  private static boolean takesPart(ModelResult model, Policy policy) {
    return policy.unranked() == Unranked.PAID_AS_WINLESS || model.outcome().isAccepted();
  }

  boolean isEmpty() {
    return tournament.wins().isEmpty();
  }

  double winRate(int model) {
    return places.get(model) < 0 ? 0 : tournament.winRate(places.get(model));
  }

  long wins(int model) {
    return places.get(model) < 0 ? 0 : tournament.wins().get(places.get(model));
  }

  long matches(int model) {
    return places.get(model) < 0 ? 0 : tournament.matches().get(places.get(model));
  }

  List<Comparison> comparisons(int model) {
    int place = places.get(model);
    List<Comparison> comparisons = new ArrayList<>();
    for (int other = 0; place >= 0 && other < models.size(); other++) {
      if (other != model && places.get(other) >= 0) {
        comparisons.add(comparison(model, other));
      }
    }
    return comparisons;
  }

  private Comparison comparison(int model, int other) {
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

  /**
   * The best by win rate; of equal ones the first given, as the original's stable sort leaves it.
   */
  List<Registration> kept() {
    return IntStream.range(0, models.size())
        .boxed()
        .filter(model -> places.get(model) >= 0)
        .sorted(Comparator.comparingDouble(this::winRate).reversed())
        .limit(round.policy().kept())
        .map(model -> models.get(model).entry().registration())
        .toList();
  }
}
