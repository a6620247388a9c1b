package dev.assay.chain.yuma;

/**
 * Arithmetic of substrate-fixed's {@code I32F32}: a signed 64-bit integer that counts units of
 * 2<sup>-32</sup>.
 *
 * <p>A value is a plain {@code long} (its bits), because an epoch handles tens of thousands of
 * them. Products round towards minus infinity, quotients towards zero; results that do not fit
 * saturate, except where a method says otherwise.
 */
final class I32F32 {
  static final int FRACTION_BITS = 32;
  static final long ZERO = 0;
  static final long ONE = 1L << FRACTION_BITS;
  static final long HALF = ONE >> 1;
  static final long MAX = Long.MAX_VALUE;
  static final long MIN = Long.MIN_VALUE;

  private static final int U16_MAX = 0xffff;
  private static final long FRACTION_MASK = ONE - 1;

  private I32F32() {}

  /** The value of an integer; exact for every {@code int}. */
  static long of(int integer) {
    return (long) integer << FRACTION_BITS;
  }

  /**
   * The share that a u16 stands for: {@code value / 65535} (math.rs, {@code
   * u16_proportion_to_fixed}).
   */
  static long ofU16Proportion(int value) {
    return safeDiv(of(value), of(U16_MAX));
  }

  static long add(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    return overflow ? saturated(a < 0) : sum;
  }

  static long subtract(long a, long b) {
    long difference = a - b;
    boolean overflow = ((a ^ b) & (a ^ difference)) < 0;
    return overflow ? saturated(a < 0) : difference;
  }

  static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    if (high != (int) high) {
      return saturated((a < 0) != (b < 0));
    }
    return (high << FRACTION_BITS) | ((a * b) >>> FRACTION_BITS);
  }

  /**
   * The quotient, or zero where the divisor is zero or the quotient does not fit (safe-math, {@code
   * safe_div}).
   */
  static long safeDiv(long a, long b) {
    return b == 0 ? ZERO : divide(a, b, ZERO);
  }

  /**
   * The quotient, saturated.
   *
   * @throws ArithmeticException if the divisor is zero
   */
  static long divide(long a, long b) {
    if (b == 0) {
      throw new ArithmeticException("Division of an I32F32 by zero.");
    }
    return divide(a, b, saturated((a < 0) != (b < 0)));
  }

  private static long divide(long a, long b, long onOverflow) {
    boolean negative = (a < 0) != (b < 0);
    // What both have in common does not change the quotient, and small divisors are quick.
    // Math.abs(MIN) is MIN,
    // which read as unsigned is the right magnitude.
    int common = Long.numberOfTrailingZeros(a | b);
    long dividend = Math.abs(a) >>> common;
    long divisor = Math.abs(b) >>> common;
    long integer = Long.divideUnsigned(dividend, divisor);
    long remainder = dividend - integer * divisor;
    if (integer >>> 31 != 0) {
      boolean isMinimum = negative && integer == ONE >> 1 && remainder == 0;
      return isMinimum ? MIN : onOverflow;
    }
    long magnitude = (integer << FRACTION_BITS) | fraction(remainder, divisor);
    return negative ? -magnitude : magnitude;
  }

  /**
   * The 32 fraction bits of {@code remainder / divisor}, by long division with as many bits a step
   * as fit.
   */
  private static long fraction(long remainder, long divisor) {
    int step = Math.max(1, Long.numberOfLeadingZeros(divisor));
    long fraction = 0;
    for (int left = FRACTION_BITS; left > 0; left -= step) {
      int bits = Math.min(step, left);
      long shifted = remainder << bits;
      long digit = Long.divideUnsigned(shifted, divisor);
      fraction = (fraction << bits) | digit;
      remainder = shifted - digit * divisor;
    }
    return fraction;
  }

  /** The nearest integer, ties away from zero; wraps like the original where that does not fit. */
  static long round(long value) {
    long floor = value & ~FRACTION_MASK;
    long fraction = value & FRACTION_MASK;
    boolean up = value < 0 ? fraction > HALF : fraction >= HALF;
    return up ? floor + ONE : floor;
  }

  /** The integer part as a u16, saturated at both ends. */
  static int toU16(long value) {
    return (int) Math.max(0, Math.min(U16_MAX, value >> FRACTION_BITS));
  }

  /** A share in [0, 1] as a u16, truncated (math.rs, {@code fixed_proportion_to_u16}). */
  static int toU16Proportion(long share) {
    return toU16(multiply(share, of(U16_MAX)));
  }

  static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }

  private static long saturated(boolean negative) {
    return negative ? MIN : MAX;
  }
}
