package dev.assay.report.board;

import dev.assay.score.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * One competition after the latest evaluation.
 *
 * @param policy the rules' name
 * @param models by rank
 * @param bestLosses the lowest accepted mean loss of every evaluation, oldest first
 * @param wins how the first models did against each other, by rank; none without a bundle
 * @param samples those drawn, in the draw's order; none without a bundle
 * @param byLength losses of the leader and of all accepted models, by the prompt's length
 * @param bySource the same by the sample's source
 * @param copies who committed what somebody else had committed before
 * @param weights shares of the vector over time, oldest first
 */
public record CompetitionBoard(
    String id,
    Optional<String> policy,
    List<ModelLine> models,
    List<BestLoss> bestLosses,
    List<Wins> wins,
    List<SampleLine> samples,
    List<LossGroup> byLength,
    List<LossGroup> bySource,
    List<Copy> copies,
    List<WeightShares> weights) {

  /**
   * The lowest accepted mean loss of an evaluation.
   *
   * @param below what a later model had to get below: ε less than the loss, where a policy is known
   */
  public record BestLoss(long block, int uid, double loss, Optional<Double> below) {}

  /** What one model won against another. */
  public record Wins(int uid, int against, int won, int lost, int matches) {}

  /** Losses of the samples of one kind; NaN where there are none. */
  public record LossGroup(String group, int samples, Interval leader, Interval everybody) {}

  /**
   * A model that is another's copy.
   *
   * @param isExact the same content; else nearly the same losses
   * @param share the distance of the losses, as a share of the earlier model's mean loss
   */
  public record Copy(int uid, int of, boolean isExact, Optional<Double> share) {}

  /** A model's share of the vector in one evaluation. */
  public record WeightShares(long block, int uid, double share) {}
}
