package dev.assay.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** From losses to weights. */
public final class Scoring {
  private Scoring() {}

  /**
   * Scores one evaluation. A pure function: the same input gives the same bits, on every machine.
   *
   * @throws IllegalArgumentException if a round holds a UID or a hotkey twice, or there are fewer
   *     UIDs with a standing than the chain takes weights
   */
  public static ScoringResult score(ScoringInput input) {
    List<RoundScore> scores =
        input.rounds().stream().map(round -> RoundScore.of(round, input.block())).toList();
    Standings standings = input.previous();
    for (RoundScore score : scores) {
      standings = MovingAverage.after(standings, score, input.competitions());
    }
    WeightVector vector = WeightVector.of(standings.weightByUid(), input.limits());
    List<ScoredModel> models = new ArrayList<>();
    for (RoundScore score : scores) {
      for (int i = 0; i < score.models().size(); i++) {
        models.add(scored(score, i, input.competitions(), standings, vector));
      }
    }
    List<Registration> kept =
        scores.stream().flatMap(score -> score.kept().stream()).collect(Collectors.toList());
    return new ScoringResult(models, standings, vector, kept);
  }

  private static ScoredModel scored(
      RoundScore score, int i, int competitions, Standings standings, WeightVector vector) {
    ModelResult model = score.models().get(i);
    Round round = score.round();
    return new ScoredModel(
        model.entry(),
        round.competition(),
        model.outcome(),
        model.losses().mean(),
        score.wins(i),
        score.matches(i),
        score.winRate(i),
        competitions * round.rewardShare() * score.stepWeights().get(i),
        MovingAverage.weight(standings, model.entry().registration(), round.policy()),
        vector.of(model.entry().uid()),
        score.comparisons(i));
  }
}
