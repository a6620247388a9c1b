package dev.assay.model.checkpoint;

/**
 * How large the norms of a layer's projections may be.
 *
 * @param soft what a norm should not exceed
 * @param softShare the share, from 0 to 1, of projections that may exceed the soft limit: the mean
 *     of the kinds' shares
 * @param hard no projection's Frobenius norm may exceed this
 */
public record NormLimits(double soft, double softShare, double hard) {
  public NormLimits {
    if (!(hard > 0 && soft > 0 && softShare >= 0 && softShare <= 1)) {
      throw new IllegalArgumentException(
          "norm limits " + soft + ", " + softShare + ", " + hard + " are not positive");
    }
  }

  /** The original's: 1000, and 15 % above 200 (NousResearch/finetuning-subnet, constants). */
  public static NormLimits original() {
    return new NormLimits(200, 0.15, 1000);
  }
}
