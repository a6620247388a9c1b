package dev.assay.localnet.chain.runtime;

import dev.assay.chain.scale.ScaleReader;

/**
 * How long an extrinsic may wait.
 *
 * @param period in blocks; 0 for ever
 * @param phase of the block of its birth within the period
 */
record Mortality(long period, long phase) {
  private static final Mortality IMMORTAL = new Mortality(0, 0);

  static Mortality read(ScaleReader in) {
    int first = in.u8();
    if (first == 0) {
      return IMMORTAL;
    }
    int encoded = first | in.u8() << 8;
    long period = 2L << (encoded % 16);
    long quantum = Math.max(1, period >> 12);
    long phase = (encoded >> 4) * quantum;
    if (period < 4 || phase >= period) {
      throw in.fail("no era: " + encoded);
    }
    return new Mortality(period, phase);
  }

  /** Whether it ends, after so many blocks or fewer. */
  boolean within(long blocks) {
    return period > 0 && period <= blocks;
  }

  /** The block whose hash the signature covers, as seen from the block {@code current}. */
  long birth(long current) {
    return period == 0 ? 0 : (Math.max(current, phase) - phase) / period * period + phase;
  }

  /** The first block that is too late. */
  long death(long current) {
    return period == 0 ? Long.MAX_VALUE : birth(current) + period;
  }
}
