package dev.assay.report.board;

import java.util.Optional;

/**
 * How things stand, before any table.
 *
 * @param state one word
 * @param reason why that word
 * @param madeAt when the leaderboard was made, ISO-8601
 * @param evaluation the latest one's id
 * @param evaluationBlock the block that it judged
 * @param evaluatedAt when it was finished, ISO-8601
 * @param chainBlock the block at which the chain was read
 * @param epochBlock the block of the next epoch
 * @param weights the last weights that were set
 * @param versions of code, runtime and engine, as the evaluation recorded them
 */
public record Banner(
    State state,
    String reason,
    String madeAt,
    Optional<String> evaluation,
    Optional<Long> evaluationBlock,
    Optional<String> evaluatedAt,
    Optional<Long> chainBlock,
    Optional<Long> epochBlock,
    Optional<SetWeights> weights,
    Optional<String> versions) {
  /** The state in one word. */
  public enum State {
    /** The latest evaluation's weights are set and fresh. */
    GOOD,
    /** Weights are set, but our own side kept too many models from being judged. */
    DEGRADED,
    /** The latest evaluation is older than three windows. */
    STALE,
    /** The latest evaluation's weights are not set. */
    UNSET,
    /** There is no evaluation. */
    EMPTY
  }

  /**
   * Weights that a block holds.
   *
   * @param isFinal whether the block was final when that was recorded; a submission waits for it
   * @param event INCLUDED, or for hidden weights REVEALED
   */
  public record SetWeights(
      long window,
      String evaluation,
      String hotkey,
      String event,
      Optional<Long> block,
      Optional<String> extrinsic,
      boolean isFinal,
      String recordedAt) {}
}
