package dev.assay.chain.yuma;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The fixed-point operations against whole-number arithmetic of any size. */
class I32F32PropertyTest {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

  @Property
  void sumsAndDifferencesSaturate(@ForAll long a, @ForAll long b) {
    assertThat(I32F32.add(a, b)).isEqualTo(saturated(big(a).add(big(b))));
    assertThat(I32F32.subtract(a, b)).isEqualTo(saturated(big(a).subtract(big(b))));
  }

  @Property
  void productsRoundDownAndSaturate(@ForAll long a, @ForAll long b) {
    assertThat(I32F32.multiply(a, b)).isEqualTo(saturated(big(a).multiply(big(b)).shiftRight(32)));
    assertThat(I32F32.multiply(a, b >> 32))
        .isEqualTo(saturated(big(a).multiply(big(b >> 32)).shiftRight(32)));
  }

  @Property
  void quotientsAreCutTowardsZero(@ForAll long a, @ForAll long b) {
    assertQuotient(a, b);
    assertQuotient(a, b >> 31);
    assertQuotient(a >> 31, b);
  }

  @Property
  void roundingIsHalfAwayFromZero(@ForAll int integer, @ForAll int fraction) {
    long value = ((long) (integer >> 1) << 32) | Integer.toUnsignedLong(fraction);
    java.math.BigDecimal exact =
        new java.math.BigDecimal(value).divide(new java.math.BigDecimal(1L << 32));
    assertThat(I32F32.round(value) >> 32)
        .isEqualTo(exact.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  @Property
  void i64f64DividesLikeI32F32WhereBothAreExact(@ForAll int a, @ForAll int b) {
    I64F64 quotient =
        I64F64
            .ofU64(Integer.toUnsignedLong(a))
            .safeDividedBy(I64F64.ofU64(Integer.toUnsignedLong(b)));
    BigInteger expected =
        b == 0
            ? BigInteger.ZERO
            : big(Integer.toUnsignedLong(a)).shiftLeft(32).divide(big(Integer.toUnsignedLong(b)));
    assertThat(quotient.toI32F32()).isEqualTo(saturated(expected));
  }

  @Property
  void theExponentialIsCloseToTheTrueOne(@ForAll int thousandths) {
    double x = thousandths % 20_000 / 1000.0;
    double actual = Exponential.exp((long) (x * 0x1p32)) / 0x1p32;
    // The series ends after 31 terms: at 20 it lacks under 1 %, below 5 nothing that shows.
    double tolerance = Math.exp(x) * (Math.abs(x) > 5 ? 0.01 : 1e-6) + 1e-8;
    assertThat(actual).isBetween(Math.exp(x) - tolerance, Math.exp(x) + tolerance);
  }

  private static void assertQuotient(long a, long b) {
    if (b == 0) {
      assertThat(I32F32.safeDiv(a, b)).isZero();
      return;
    }
    BigInteger exact = big(a).shiftLeft(32).divide(big(b));
    boolean fits = exact.bitLength() <= 63;
    assertThat(I32F32.safeDiv(a, b)).isEqualTo(fits ? exact.longValueExact() : 0);
    assertThat(I32F32.divide(a, b)).isEqualTo(saturated(exact));
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static long saturated(BigInteger value) {
    return value.max(MIN).min(MAX).longValueExact();
  }
}
