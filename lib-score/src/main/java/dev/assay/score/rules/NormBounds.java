package dev.assay.score.rules;

import dev.assay.score.Limits;

/**
 * Limits on the norms of a checkpoint's projections; finetuning-subnet 0.2.7 sets 200, 0.15 and
 * 1000 (constants norm_eps_*). The reader of a checkpoint applies them.
 *
 * @param soft norm that a share of the projections may exceed
 * @param softShare the largest share of projections above {@code soft}, 0 to 1
 * @param hard norm that no projection may exceed
 */
public record NormBounds(double soft, double softShare, double hard) {
  public NormBounds {
    Limits.all(
        () -> Limits.above("norm_limits.soft", soft, 0),
        () -> Limits.between("norm_limits.soft_share", softShare, 0, 1),
        () -> Limits.atLeast("norm_limits.hard", hard, soft));
  }
}
