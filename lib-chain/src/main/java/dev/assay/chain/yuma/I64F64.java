package dev.assay.chain.yuma;

import java.math.BigInteger;

/**
 * A value of substrate-fixed's {@code I64F64}: a signed 128-bit integer that counts units of
 * 2<sup>-64</sup>. Stake is held in it, because TAO counts towards a subnet's stake by a fraction.
 *
 * @param bits the units; outside the 128-bit range they saturate
 */
public record I64F64(BigInteger bits) {
  private static final int FRACTION_BITS = 64;
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
  private static final BigInteger MIN = BigInteger.ONE.shiftLeft(127).negate();
  private static final BigInteger U64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger I32F32_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger I32F32_MIN = BigInteger.valueOf(Long.MIN_VALUE);

  public static final I64F64 ZERO = new I64F64(BigInteger.ZERO);

  public I64F64 {
    bits = bits.max(MIN).min(MAX);
  }

  /**
   * The value of a u64 (the sign bit counts as 2<sup>63</sup>), saturated at just below
   * 2<sup>63</sup>.
   */
  public static I64F64 ofU64(long u64) {
    return new I64F64(unsigned(u64).shiftLeft(FRACTION_BITS));
  }

  public I64F64 plus(I64F64 other) {
    return new I64F64(bits.add(other.bits));
  }

  /** The product, rounded towards minus infinity. */
  public I64F64 times(I64F64 other) {
    return new I64F64(bits.multiply(other.bits).shiftRight(FRACTION_BITS));
  }

  /**
   * The quotient, rounded towards zero; zero where the divisor is zero or the quotient does not
   * fit.
   */
  public I64F64 safeDividedBy(I64F64 divisor) {
    if (divisor.bits.signum() == 0) {
      return ZERO;
    }
    BigInteger quotient = bits.shiftLeft(FRACTION_BITS).divide(divisor.bits);
    boolean fits = quotient.compareTo(MIN) >= 0 && quotient.compareTo(MAX) <= 0;
    return fits ? new I64F64(quotient) : ZERO;
  }

  /** The integer part as the bits of a u64; a negative value gives 0. */
  public long toU64() {
    return bits.shiftRight(FRACTION_BITS).max(BigInteger.ZERO).min(U64_MAX).longValue();
  }

  /** The bits of the same value as I32F32, rounded towards minus infinity, saturated. */
  long toI32F32() {
    return bits.shiftRight(FRACTION_BITS - I32F32.FRACTION_BITS)
        .max(I32F32_MIN)
        .min(I32F32_MAX)
        .longValue();
  }

  static BigInteger unsigned(long u64) {
    return BigInteger.valueOf(u64).and(U64_MAX);
  }
}
