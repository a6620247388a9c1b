package dev.assay.score.rules;

import dev.assay.score.Limits;

/**
 * That a model's evaluation stops once it cannot overtake the best model before it.
 *
 * @param error probability that, in one evaluation of one competition, any model is stopped that
 *     would have got ahead, above 0 and at most 0.5
 */
public record EarlyStop(double error) {
  /** What a policy that allows stopping is usually given. */
  public static final EarlyStop USUAL = new EarlyStop(0.01);

  public EarlyStop {
    Limits.between("early_stop.error", error, 1e-12, 0.5);
  }
}
