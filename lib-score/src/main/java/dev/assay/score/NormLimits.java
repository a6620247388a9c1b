package dev.assay.score;

import java.util.Optional;

/**
 * Limits on the norms of a checkpoint's tensors. A norm that is NaN exceeds every limit.
 *
 * @param soft norm that a share of the tensors may exceed
 * @param softShare the largest share of tensors above {@code soft}, 0 to 1
 * @param hard norm that no tensor may exceed
 */
public record NormLimits(double soft, double softShare, double hard) {
  /** What finetuning-subnet 0.2.7 sets (constants norm_eps_*). */
  public static final NormLimits ORIGINAL = new NormLimits(200, 0.15, 1000);

  public NormLimits {
    Limits.above("norm_limits.soft", soft, 0);
    Limits.between("norm_limits.soft_share", softShare, 0, 1);
    Limits.atLeast("norm_limits.hard", hard, soft);
  }

  /**
   * Which limit a model breaks, if any.
   *
   * @param norms the norm of every tensor
   */
  public Optional<Breach> breach(double... norms) {
    int above = 0;
    for (double norm : norms) {
      // Negated, because NaN compares false with everything.
      if (!(norm <= hard)) {
        return Optional.of(
            new Breach("norm of a tensor at most", Double.toString(norm), Double.toString(hard)));
      }
      if (norm > soft) {
        above++;
      }
    }
    double share = norms.length == 0 ? 0 : above / (double) norms.length;
    if (share > softShare) {
      return Optional.of(
          new Breach(
              "share of tensors with a norm above " + soft + " at most",
              Double.toString(share),
              Double.toString(softShare)));
    }
    return Optional.empty();
  }
}
