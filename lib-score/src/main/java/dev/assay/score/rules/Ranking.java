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
 * @param earlyStop when a model need not be judged on all samples; where it is empty, every model
 *     is
 */
public record Ranking(
    Field field,
    Optional<Significance> significance,
    Reward reward,
    Optional<EarlyStop> earlyStop) {
  /** All against all by counted wins, as in the original. */
  public static final Ranking ORIGINAL =
      new Ranking(Field.EVERYBODY, Optional.empty(), Reward.SOFTMAX);

  public Ranking {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(significance, "significance");
    Objects.requireNonNull(reward, "reward");
    if (earlyStop.isPresent() && !allowsEarlyStop(field, significance, reward)) {
      throw new IllegalArgumentException(
          "early_stop: needs a policy that pays the leader of a competitive set alone; under any"
              + " other, each model's losses on all samples move weights");
    }
  }

  /** A ranking that judges every model on all samples. */
  public Ranking(Field field, Optional<Significance> significance, Reward reward) {
    this(field, significance, reward, Optional.empty());
  }

  private static boolean allowsEarlyStop(
      Field field, Optional<Significance> significance, Reward reward) {
    return field == Field.COMPETITIVE_SET && significance.isPresent() && reward == Reward.LEADER;
  }

  /** Whether a model that cannot overtake moves no weight, so that it may be stopped early. */
  public boolean allowsEarlyStop() {
    return allowsEarlyStop(field, significance, reward);
  }

  /** The same ranking that stops models early. */
  public Ranking withEarlyStop(EarlyStop rule) {
    return new Ranking(field, significance, reward, Optional.of(rule));
  }
}
