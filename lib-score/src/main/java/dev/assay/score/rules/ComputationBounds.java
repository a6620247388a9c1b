package dev.assay.score.rules;

import dev.assay.score.Limits;

/**
 * The most that a model may compute for one token, by its configuration alone. Whoever reads the
 * checkpoint applies it.
 *
 * @param flopsPerToken floating-point operations of its matrix products and attention
 * @param bytesPerToken bytes of F32 activations that its widest layer holds
 */
public record ComputationBounds(long flopsPerToken, long bytesPerToken) {
  public ComputationBounds {
    Limits.all(
        () -> Limits.atLeast("max_flops_per_token", flopsPerToken, 1),
        () -> Limits.atLeast("max_activations_per_token", bytesPerToken, 1));
  }

  /**
   * Where a competition says none: twice what the weights of its largest model ask for, which
   * leaves as much for attention, and a mebibyte, five times the activations of Llama 3 8B.
   */
  public static ComputationBounds of(long maxParameters) {
    return new ComputationBounds(4 * Math.min(maxParameters, Long.MAX_VALUE / 4), 1 << 20);
  }
}
