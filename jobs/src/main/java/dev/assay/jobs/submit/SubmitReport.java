package dev.assay.jobs.submit;

import dev.assay.score.weights.UidWeight;
import java.util.List;
import java.util.Optional;

/**
 * What became of a weight-setting.
 *
 * @param state how it ended
 * @param hotkey SS58 address of the validator
 * @param vector what was to be set, by uid ascending
 * @param extrinsicHash of the extrinsic, once one was sent
 * @param block height that included it
 * @param reason why it is not set; empty for SET and ALREADY_SET
 */
public record SubmitReport(
    State state,
    int netuid,
    int mechanism,
    String hotkey,
    long window,
    String evaluation,
    List<UidWeight> vector,
    Optional<String> extrinsicHash,
    Optional<Long> block,
    String reason) {
  public SubmitReport {
    vector = List.copyOf(vector);
  }

  static SubmitReport of(WeightIntent intent, State state, String reason) {
    return of(intent, state, reason, Optional.empty(), Optional.empty());
  }

  static SubmitReport of(
      WeightIntent intent,
      State state,
      String reason,
      Optional<String> extrinsicHash,
      Optional<Long> block) {
    return new SubmitReport(
        state,
        intent.netuid(),
        intent.mechanism(),
        intent.hotkey(),
        intent.window(),
        intent.evaluation(),
        intent.vector(),
        extrinsicHash,
        block,
        reason);
  }

  /** How a weight-setting ends. */
  public enum State {
    /** The chain holds the vector, read back at the including block. */
    SET,
    /** An earlier run set it. */
    ALREADY_SET,
    /** The chain holds it hidden; run again to see it set, or to reveal it when it is time. */
    COMMITTED,
    /** No model earned a weight, so there is nothing to set. */
    NOTHING_TO_SET,
    /** The chain refused, and an operator must act before the window is tried again. */
    FAILED,
    /** The chain refused what passes by itself; run again, from the block on that is named. */
    TRY_AGAIN,
    /** It may still take effect; run again to find out. */
    UNKNOWN,
    /**
     * Sending would risk a second vector or undo a newer one, another program uses the hotkey, or
     * the evaluation's chain is unknown.
     */
    REFUSED
  }
}
