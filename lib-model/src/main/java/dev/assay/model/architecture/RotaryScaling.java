package dev.assay.model.architecture;

import java.util.List;

/**
 * How rotary frequencies are stretched beyond the length a model was trained at; the kinds are
 * transformers' own (modeling_rope_utils).
 */
public sealed interface RotaryScaling {

  /** No scaling. */
  record None() implements RotaryScaling {}

  /** Every frequency is divided by the factor. */
  record Linear(double factor) implements RotaryScaling {}

  /** The base grows with the sequence once that is longer than {@code originalPositions}. */
  record Dynamic(double factor, int originalPositions) implements RotaryScaling {}

  /**
   * Frequencies are interpolated by parts (YaRN).
   *
   * @param attentionFactor multiplies cosine and sine
   * @param truncate whether the borders of the interpolated range are rounded to whole dimensions
   */
  record Yarn(
      double factor,
      int originalPositions,
      double betaFast,
      double betaSlow,
      double attentionFactor,
      boolean truncate)
      implements RotaryScaling {}

  /** Llama 3's own smoothing between long and short wavelengths. */
  record Llama3(
      double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions)
      implements RotaryScaling {}

  /**
   * One divisor a frequency, and another set for sequences longer than {@code originalPositions}
   * (LongRoPE).
   *
   * @param attentionFactor multiplies cosine and sine
   */
  record LongRope(
      List<Double> shortFactors,
      List<Double> longFactors,
      int originalPositions,
      double attentionFactor)
      implements RotaryScaling {
    public LongRope {
      shortFactors = List.copyOf(shortFactors);
      longFactors = List.copyOf(longFactors);
    }
  }
}
