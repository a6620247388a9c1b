package dev.assay.localnet.chain.subtensor.storage;

import java.math.BigInteger;

/** Numbers of the type U64F64, as their bits. */
public final class FixedRatio {
  private static final int FRACTION = 64;

  private FixedRatio() {}

  /** A fraction, rounded as the nearest double of it, which is what the pallet's constants are. */
  public static BigInteger of(long numerator, long denominator) {
    double nearest = (double) numerator / denominator;
    return new java.math.BigDecimal(nearest)
        .multiply(new java.math.BigDecimal(BigInteger.ONE.shiftLeft(FRACTION)))
        .toBigInteger();
  }

  /** An integer. */
  public static BigInteger of(long value) {
    return BigInteger.valueOf(value).shiftLeft(FRACTION);
  }

  /** The integer part of a number times an integer. */
  public static long times(BigInteger bits, long value) {
    return bits.multiply(BigInteger.valueOf(value)).shiftRight(FRACTION).longValueExact();
  }
}
