package dev.assay.score.simulation;

import dev.assay.score.entry.Losses;
import dev.assay.score.statistics.SeededRandom;

/**
 * Losses of made-up models. A model's losses depend on the seed, the epoch and the model alone, so
 * that adding a miner changes no one else's.
 */
final class MadeUpLosses {
  /** What separates the streams of random numbers. */
  private static final long BASE = 1;

  private static final long MODEL = 2;
  private static final long COPY = 3;

  private final long seed;
  private final int samples;
  private final double spread;

  MadeUpLosses(long seed, int samples, double spread) {
    this.seed = seed;
    this.samples = samples;
    this.spread = spread;
  }

  Losses of(Miner miner, int epoch) {
    SeededRandom base = SeededRandom.of(seed, BASE, epoch);
    SeededRandom model = SeededRandom.of(seed, MODEL, epoch, miner.model());
    SeededRandom copy = SeededRandom.of(seed, COPY, epoch, miner.uid());
    double[] losses = new double[samples];
    for (int i = 0; i < samples; i++) {
      // Medians of 1.6 nats per token and a spread between samples as instruction data has it.
      double sample = 1.6 * StrictMath.exp(0.4 * base.nextGaussian());
      double own = 1 + spread * model.nextGaussian() + miner.noise() * copy.nextGaussian();
      losses[i] =
          Double.isFinite(miner.quality())
              ? Math.max(0, sample * miner.quality() * own)
              : miner.quality();
    }
    return Losses.of(losses);
  }
}
