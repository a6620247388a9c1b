package dev.assay.score.contest;

import dev.assay.score.Limits;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.Policy;
import java.util.List;
import java.util.Objects;

/**
 * One competition's models and losses in one evaluation.
 *
 * @param competition the competition's id
 * @param rewardShare what it pays of everything, above 0 and at most 1
 * @param policy how its losses become weights
 * @param samples what is known of the samples
 * @param models its models, every one with its losses on the same samples in the same order
 */
public record Round(
    String competition,
    double rewardShare,
    Policy policy,
    Samples samples,
    List<ModelResult> models) {
  public Round {
    Objects.requireNonNull(competition, "competition");
    Limits.above("reward_share of competition " + competition, rewardShare, 0);
    Limits.between("reward_share of competition " + competition, rewardShare, 0, 1);
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(samples, "samples");
    models = List.copyOf(models);
  }

  /** A round under its competition's own rules, on independent samples outside any window. */
  public static Round of(Competition competition, List<ModelResult> models) {
    return of(competition, Samples.INDEPENDENT, models);
  }

  /** A round under its competition's own rules. */
  public static Round of(Competition competition, Samples samples, List<ModelResult> models) {
    return new Round(
        competition.id(), competition.rewardShare(), competition.policy(), samples, models);
  }

  /** The only round of an evaluation without configured competitions. */
  public static Round only(Policy policy, List<ModelResult> models) {
    return new Round("only", 1, policy, Samples.INDEPENDENT, models);
  }
}
