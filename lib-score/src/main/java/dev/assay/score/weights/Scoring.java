package dev.assay.score.weights;

import dev.assay.score.contest.Duel;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.Averaging;
import dev.assay.score.rules.StateKey;
import dev.assay.score.statistics.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** From losses to weights. */
public final class Scoring {
  private Scoring() {}

  /**
   * Scores one evaluation. A pure function: the same input gives the same bits, on every machine.
   *
   * @throws IllegalArgumentException if a round holds a UID or a hotkey twice, the previous
   *     standings hold evidence of the round's own window, or there are fewer UIDs with a standing
   *     than the chain takes weights
   */
  public static ScoringResult score(ScoringInput input) {
    return ScoredRounds.of(input).result();
  }

  static ScoringResult result(ScoredRounds rounds) {
    ScoringInput input = rounds.input();
    List<RoundScore> scores = rounds.scores();
    Standings standings = input.previous().withoutFormerHolders(holders(input.rounds()));
    Misses misses = Misses.of(standings, scores);
    List<Registration> kept = new ArrayList<>();
    for (RoundScore score : scores) {
      List<Integer> stay = Kept.of(score);
      stay.forEach(model -> kept.add(score.models().get(model).entry().registration()));
      standings =
          withEvidence(averaged(standings, score, input.competitions(), misses), score, stay);
    }
    WeightVector vector = WeightVector.of(standings.weightByUid(), input.limits());
    List<ScoredModel> models = new ArrayList<>();
    for (RoundScore score : scores) {
      for (int i = 0; i < score.models().size(); i++) {
        models.add(scored(score, i, input.competitions(), standings, vector));
      }
    }
    return new ScoringResult(models, standings, vector, kept);
  }

  /** The registrations seen in rounds whose state belongs to a registration. */
  private static List<Registration> holders(List<Round> rounds) {
    return rounds.stream()
        .filter(round -> round.policy().payment().stateKey() == StateKey.REGISTRATION)
        .flatMap(round -> round.models().stream())
        .map(model -> model.entry().registration())
        .toList();
  }

  private static Standings averaged(
      Standings standings, RoundScore score, int competitions, Misses misses) {
    return score.round().policy().payment().averaging() == Averaging.PER_COMPETITION
        ? CompetitionAverage.after(standings, score)
        : MovingAverage.after(standings, score, competitions, misses);
  }

  /** Evidence is kept of pairs of which both stay; it would only grow otherwise. */
  private static Standings withEvidence(Standings standings, RoundScore score, List<Integer> stay) {
    if (score.duels().isEmpty()) {
      return standings;
    }
    Set<String> staying = new HashSet<>();
    stay.forEach(model -> staying.add(score.models().get(model).entry().model()));
    Set<List<String>> renewed = new HashSet<>();
    List<Evidence> evidence = new ArrayList<>();
    for (Duel duel : score.duels().get().all()) {
      Evidence pair = duel.evidence();
      if (staying.contains(pair.earlier()) && staying.contains(pair.later())) {
        evidence.add(pair);
        renewed.add(List.of(pair.earlier(), pair.later()));
      }
    }
    for (Evidence pair : standings.evidence()) {
      boolean here = pair.competition().equals(score.round().competition());
      boolean stays = staying.contains(pair.earlier()) && staying.contains(pair.later());
      if (!here || (stays && !renewed.contains(List.of(pair.earlier(), pair.later())))) {
        evidence.add(pair);
      }
    }
    return new Standings(standings.standings(), evidence);
  }

  private static ScoredModel scored(
      RoundScore score, int i, int competitions, Standings standings, WeightVector vector) {
    ModelResult model = score.models().get(i);
    return new ScoredModel(
        model.entry(),
        score.round().competition(),
        model.outcome(),
        model.losses().mean(),
        score.wins(i),
        score.matches(i),
        score.winRate(i),
        scale(score.round(), competitions) * score.stepWeights().get(i),
        weight(standings, model.entry().registration(), score.round()),
        vector.of(model.entry().uid()),
        score.comparisons(i));
  }

  private static double scale(Round round, int competitions) {
    boolean own = round.policy().payment().averaging() == Averaging.PER_COMPETITION;
    return own ? round.rewardShare() : competitions * round.rewardShare();
  }

  private static double weight(Standings standings, Registration registration, Round round) {
    if (round.policy().payment().averaging() == Averaging.ACROSS_COMPETITIONS) {
      return MovingAverage.weight(standings, registration, round.policy());
    }
    return standings.standings().stream()
        .filter(standing -> standing.competition().equals(round.competition()))
        .filter(standing -> standing.registration().equals(registration))
        .mapToDouble(Standing::weight)
        .sum();
  }
}
