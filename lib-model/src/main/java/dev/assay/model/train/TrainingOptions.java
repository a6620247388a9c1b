package dev.assay.model.train;

/**
 * How a model is trained.
 *
 * @param steps optimiser steps
 * @param batchSamples samples of one forward and backward pass
 * @param accumulation passes of one optimiser step
 * @param learningRate highest learning rate, reached after the warm-up
 * @param finalShare share of the highest learning rate that the cosine schedule ends at; 0 to 1
 * @param warmupSteps steps over which the learning rate rises from 0
 * @param decay weight decay of matrices
 * @param largestNorm gradients are scaled down to this norm; 0: never
 * @param seed decides the order of samples
 * @param threads threads of one operation on the CPU; the result depends on it in the last bits
 */
public record TrainingOptions(
    int steps,
    int batchSamples,
    int accumulation,
    double learningRate,
    double finalShare,
    int warmupSteps,
    double decay,
    double largestNorm,
    long seed,
    int threads) {
  public TrainingOptions {
    requireAtLeastOne("steps", steps);
    requireAtLeastOne("batchSamples", batchSamples);
    requireAtLeastOne("accumulation", accumulation);
    requireAtLeastOne("threads", threads);
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException(
          "learningRate is " + learningRate + "; it must be positive");
    }
    if (!(finalShare >= 0 && finalShare <= 1)) {
      throw new IllegalArgumentException(
          "finalShare is " + finalShare + "; it must be from 0 to 1");
    }
  }

  /** Settings that train a model of about a million parameters well on short texts. */
  public static TrainingOptions small(int steps, long seed, int threads) {
    return new TrainingOptions(
        steps, 16, 1, 4e-3, 0.05, Math.min(20, steps / 5), 0.05, 1, seed, threads);
  }

  /** The learning rate of a step, counted from 0: linear warm-up, then a half cosine. */
  double learningRate(int step) {
    if (step < warmupSteps) {
      return learningRate * (step + 1) / warmupSteps;
    }
    double progress = (step - warmupSteps) / (double) Math.max(1, steps - warmupSteps);
    double cosine = 0.5 * (1 + Math.cos(Math.PI * progress));
    return learningRate * (finalShare + (1 - finalShare) * cosine);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
