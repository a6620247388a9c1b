package dev.assay.chain.yuma;

/** The exponential function as the pallet computes it, error terms included. */
final class Exponential {
  private static final long LIMIT = I32F32.of(20);
  private static final int TERMS = 32;

  /**
   * Euler's number cut to 23 fraction bits: the library's shortcut for an exponent of exactly 1.
   */
  private static final long E = 0x15BF0A8L << 9;

  private Exponential() {}

  /**
   * e<sup>x</sup> with x clamped to [-20, 20] (math.rs, {@code exp_safe}; substrate-fixed 0.6.0,
   * {@code transcendental::exp}).
   *
   * <p>A Taylor series of 31 terms on |x|, inverted for a negative x. No step can overflow: within
   * the clamp the largest product is below 20<sup>21</sup>/20! and the sum below e<sup>20</sup>,
   * both under 2<sup>31</sup>.
   */
  static long exp(long x) {
    long clamped = I32F32.clamp(x, -LIMIT, LIMIT);
    if (clamped == I32F32.ONE) {
      return E;
    }
    long positive = series(Math.abs(clamped));
    return clamped < 0 ? I32F32.divide(I32F32.ONE, positive) : positive;
  }

  private static long series(long x) {
    long sum = x + I32F32.ONE;
    long term = x;
    for (int i = 2; i < TERMS && term != 0; i++) {
      term = I32F32.multiply(term, x) / i;
      sum += term;
    }
    return sum;
  }
}
