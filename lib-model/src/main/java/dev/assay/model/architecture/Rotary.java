package dev.assay.model.architecture;

/**
 * Rotary position embedding.
 *
 * @param theta base of the frequencies
 * @param dimensions how many of a head's leading dimensions are rotated; even
 * @param interleaved whether the two dimensions of a pair lie side by side, not half of the rotated
 *     dimensions apart
 */
public record Rotary(double theta, int dimensions, RotaryScaling scaling, boolean interleaved) {
  /** Pairs whose dimensions lie half of the rotated ones apart. */
  public Rotary(double theta, int dimensions, RotaryScaling scaling) {
    this(theta, dimensions, scaling, false);
  }

  /** The same with pairs side by side. */
  public Rotary sideBySide() {
    return new Rotary(theta, dimensions, scaling, true);
  }
}
