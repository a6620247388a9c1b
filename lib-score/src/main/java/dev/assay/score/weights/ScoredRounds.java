package dev.assay.score.weights;

import dev.assay.score.contest.RoundScore;
import java.util.List;

/**
 * An evaluation's rounds, each scored once: weights and explanations follow from the same scores,
 * and comparing all models is what takes the time.
 *
 * @param input what was scored
 * @param scores one a round, in their order
 */
public record ScoredRounds(ScoringInput input, List<RoundScore> scores) {
  public ScoredRounds {
    scores = List.copyOf(scores);
  }

  /** Scores the rounds. */
  public static ScoredRounds of(ScoringInput input) {
    return new ScoredRounds(
        input,
        input.rounds().stream()
            .map(round -> RoundScore.of(round, input.previous().evidence(), input.block()))
            .toList());
  }

  /**
   * The weights that follow, as {@link Scoring#score} gives them.
   *
   * @throws IllegalArgumentException as {@link Scoring#score} does
   */
  public ScoringResult result() {
    return Scoring.result(this);
  }
}
