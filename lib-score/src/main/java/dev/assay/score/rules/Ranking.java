package dev.assay.score.rules;

import dev.assay.score.statistics.Significance;
import java.util.Objects;
import java.util.Optional;

/**
 * How models are ranked.
 *
 * @param field which models are ranked against which
 * @param significance when a difference counts as established; where it is empty, every difference
 *     does
 * @param reward how the ranking becomes weights
 */
public record Ranking(Field field, Optional<Significance> significance, Reward reward) {
  /** All against all by counted wins, as in the original. */
  public static final Ranking ORIGINAL =
      new Ranking(Field.EVERYBODY, Optional.empty(), Reward.SOFTMAX);

  public Ranking {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(significance, "significance");
    Objects.requireNonNull(reward, "reward");
  }
}
