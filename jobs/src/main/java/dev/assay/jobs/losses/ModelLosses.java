package dev.assay.jobs.losses;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What came of one model.
 *
 * @param model as it was named
 * @param digest of its content; empty if it never came so far
 * @param losses one a sample, in the samples' order; none where the model has a fault
 * @param fault why there are none, and whose fault it is
 */
public record ModelLosses(
    String model, Optional<String> digest, List<LossRow> losses, Optional<Fault> fault) {
  public ModelLosses {
    losses = List.copyOf(losses);
  }

  /** A loss's mean over its tokens, in nats; absent where nothing counts or it is not finite. */
  static Optional<Double> mean(LossRow row) {
    return row.verdict().equals("OK")
        ? Optional.of(row.lossSum() / row.tokens())
        : Optional.empty();
  }
}
