package dev.assay.model.train.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a training run came to.
 *
 * @param wasDone whether an earlier process had finished it
 * @param losses of the steps, in their order
 * @param heldOut evaluations, in their order; the first is of the weights that training began with
 */
public record TrainingOutcome(boolean wasDone, List<LossPoint> losses, List<LossPoint> heldOut) {
  /**
   * A loss after so many steps.
   *
   * @param step from 0
   */
  public record LossPoint(int step, double loss) {}

  public TrainingOutcome {
    losses = List.copyOf(losses);
    heldOut = List.copyOf(heldOut);
  }

  /** The evaluation of the weights that are the result; nothing where no samples were held out. */
  public Optional<LossPoint> best() {
    return heldOut.stream()
        .filter(point -> point.step() > 0)
        .reduce((one, other) -> other.loss() < one.loss() ? other : one);
  }

  /**
   * The step whose weights are the result, as far as the run has come; nothing before the first.
   */
  OptionalInt bestStep() {
    return best()
        .map(point -> OptionalInt.of(point.step()))
        .orElseGet(
            () ->
                losses.isEmpty() || !heldOut.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(losses.get(losses.size() - 1).step()));
  }
}
