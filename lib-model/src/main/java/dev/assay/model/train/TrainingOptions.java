package dev.assay.model.train;

import dev.assay.model.causal.Precision;

/**
 * How a model is trained.
 *
 * @param steps optimiser steps
 * @param batch how much one step takes
 * @param rate learning rates
 * @param decay weight decay of matrices
 * @param largestNorm gradients are scaled down to this norm; 0: never
 * @param seed decides the order of samples, and how adapters begin
 * @param threads threads of one operation on the CPU; the result depends on it in the last bits
 * @param recomputed whether the backward pass computes each layer again instead of keeping what
 *     lies within it: less memory, more time, the same bits
 * @param precision of the products, and of the checkpoint that is written; what is trained is f32
 *     until then
 */
public record TrainingOptions(
    int steps,
    BatchSize batch,
    LearningRate rate,
    double decay,
    double largestNorm,
    long seed,
    int threads,
    boolean recomputed,
    Precision precision) {
  public TrainingOptions {
    requireAtLeastOne("steps", steps);
    requireAtLeastOne("threads", threads);
  }

  /** Training in f32. */
  public TrainingOptions(
      int steps,
      BatchSize batch,
      LearningRate rate,
      double decay,
      double largestNorm,
      long seed,
      int threads,
      boolean recomputed) {
    this(steps, batch, rate, decay, largestNorm, seed, threads, recomputed, Precision.F32);
  }

  /** Settings that train a model of about a million parameters well on short texts. */
  public static TrainingOptions small(int steps, long seed, int threads) {
    LearningRate rate = new LearningRate(4e-3, Schedule.COSINE, 0.05, Math.min(20, steps / 5));
    BatchSize batch = BatchSize.ofSamples(16, 1);
    return new TrainingOptions(steps, batch, rate, 0.05, 1, seed, threads, false);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
