package dev.assay.model.canary;

import dev.assay.model.causal.Precision;
import java.util.Locale;

/**
 * What a device has computed for the canary.
 *
 * @param kernel by which
 * @param loss mean of all counted tokens, in nats
 */
public record CanaryAnswer(String kernel, Precision precision, double loss) {
  /** Far above what any order of sums makes of it, and far below what a broken device does. */
  private static final double F32_TOLERANCE = 1e-4;

  /** Weights are exact in bf16; what is left is the rounding of activations. */
  private static final double BF16_TOLERANCE = 2e-2;

  /** Whether it is the loss that is known, up to the kernel's tolerance. */
  public boolean isRight() {
    // NaN is not.
    return Math.abs(loss - Canary.loss()) <= tolerance();
  }

  private double tolerance() {
    return precision == Precision.F32 ? F32_TOLERANCE : BF16_TOLERANCE;
  }

  /** For the one who looks after the machine. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "the canary's loss by %s is %.6f; it must be %.6f, up to %s",
        kernel,
        loss,
        Canary.loss(),
        Double.toString(tolerance()));
  }
}
