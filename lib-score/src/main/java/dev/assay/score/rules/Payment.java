package dev.assay.score.rules;

import dev.assay.score.Limits;
import java.util.Objects;

/**
 * How weights move from one evaluation to the next.
 *
 * @param temperature the softmax's temperature, above 0
 * @param alpha the share of the old weight in the moving average, at least 0 and below 1
 * @param averaging which moving average a weight belongs to
 * @param stateKey what the moving average is remembered by
 * @param kept how many of the best models stay in the evaluation, at least 1
 * @param patience evaluations in a row for which a model that failed through no fault of its miner
 *     holds its weight, at least 0
 * @param forgotten the share of its competition's below which a weight is dropped once it earns
 *     nothing any more, so that two validators that decided a window apart agree again; 0 where it
 *     only fades. At least 0, below 1; only for averages of one competition
 */
public record Payment(
    double temperature,
    double alpha,
    Averaging averaging,
    StateKey stateKey,
    int kept,
    int patience,
    double forgotten) {
  /** Windows for which a model that is not at fault keeps its weight unjudged. */
  static final int USUAL_PATIENCE = 2;

  public Payment {
    Limits.above("payment.temperature", temperature, 0);
    Limits.between("payment.temperature", temperature, 0, Double.MAX_VALUE);
    Limits.between("payment.alpha", alpha, 0, Math.nextDown(1.0));
    Objects.requireNonNull(averaging, "averaging");
    Objects.requireNonNull(stateKey, "stateKey");
    Limits.atLeast("payment.kept", kept, 1);
    Limits.atLeast("payment.patience", patience, 0);
    Limits.between("payment.forgotten", forgotten, 0, Math.nextDown(1.0));
  }
}
