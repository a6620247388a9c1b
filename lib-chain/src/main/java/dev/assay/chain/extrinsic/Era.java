package dev.assay.chain.extrinsic;

import dev.assay.chain.scale.ScaleWriter;

/**
 * How long an extrinsic is valid: from its birth block for {@code period} blocks.
 *
 * @param period a power of two, 4 to 65536
 * @param birth the height of the birth block
 */
public record Era(int period, long birth) {
  /** The longest period. */
  public static final int LONGEST = 65536;

  public Era {
    if (period < 4 || period > LONGEST || Integer.bitCount(period) != 1) {
      throw new IllegalArgumentException(
          "an era's period is a power of two from 4 to " + LONGEST + ", not " + period);
    }
    if (birth < 0) {
      throw new IllegalArgumentException("an era's birth block is 0 or more, not " + birth);
    }
    // Periods beyond 4096 encode their phase in steps; the birth block falls back to such a step.
    birth -= birth % step(period);
  }

  /** The last block that can include an extrinsic of this era. */
  public long lastBlock() {
    return birth + period - 1;
  }

  /** Two bytes: the period's logarithm less one in the low 4 bits, the phase above. */
  byte[] encoded() {
    long phase = birth % period / step(period);
    int exponent = Integer.numberOfTrailingZeros(period) - 1;
    return new ScaleWriter().u16((int) (phase << 4) | exponent).toByteArray();
  }

  private static int step(int period) {
    return Math.max(1, period >> 12);
  }
}
