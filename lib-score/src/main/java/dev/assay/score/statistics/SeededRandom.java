package dev.assay.score.statistics;

/**
 * Random numbers that are the same on every machine and release: SplitMix64 (Steele, Lea, Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014) with Gaussians by the polar form
 * of Box and Muller over {@link StrictMath}.
 */
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** A generator for one seed. */
  public SeededRandom(long seed) {
    state = seed;
  }

  /** A generator for one seed and one path of numbers: independent of all with another path. */
  public static SeededRandom of(long seed, long... path) {
    long mixed = seed;
    for (long step : path) {
      mixed = new SeededRandom(mixed ^ new SeededRandom(step).nextLong()).nextLong();
    }
    return new SeededRandom(mixed);
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 to 1, 1 excluded, in steps of 2⁻⁵³. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** From 0 to {@code bound}, excluded; the bias is below bound · 2⁻⁵³. */
  public int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** A Gaussian of mean 0 and standard deviation 1. */
  public double nextGaussian() {
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double square = u * u + v * v;
      if (square > 0 && square < 1) {
        return u * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }
}
