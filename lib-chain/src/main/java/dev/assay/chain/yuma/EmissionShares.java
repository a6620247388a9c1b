package dev.assay.chain.yuma;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * How the emission is divided, as shares in I32F32 (run_epoch.rs, {@code epoch_mechanism}, the
 * section on emission).
 */
final class EmissionShares {
  /** Shares for serving. */
  final long[] server;

  /** Shares for validating; with those for serving they sum to about 1. */
  final long[] validator;

  /** Both, rounded on their own. */
  final long[] combined;

  private EmissionShares(long[] server, long[] validator, long[] combined) {
    this.server = server;
    this.validator = validator;
    this.combined = combined;
  }

  /**
   * Half to incentive, half to dividends; where there are neither, by active stake, and by all
   * stake where that is none.
   */
  static EmissionShares of(long[] incentive, long[] dividends, Standing standing) {
    long[] both = FixedVector.add(incentive, dividends);
    long sum = FixedVector.sum(both);
    if (sum != 0) {
      return new EmissionShares(
          FixedVector.divide(incentive, sum),
          FixedVector.divide(dividends, sum),
          FixedVector.normalize(both));
    }
    boolean anyActive = FixedVector.sum(standing.activeStake) != 0;
    long[] byStake = anyActive ? standing.activeStake : standing.stake;
    return new EmissionShares(incentive, byStake, byStake);
  }

  /**
   * Shares of an emission, each truncated to a u64. The product is made in I96F32, which always
   * holds it.
   */
  static long[] amounts(long[] shares, long emission) {
    BigInteger whole = I64F64.unsigned(emission);
    return Arrays.stream(shares)
        .map(share -> amount(BigInteger.valueOf(share).multiply(whole)))
        .toArray();
  }

  private static long amount(BigInteger i96f32) {
    return i96f32.shiftRight(I32F32.FRACTION_BITS).max(BigInteger.ZERO).longValue();
  }
}
