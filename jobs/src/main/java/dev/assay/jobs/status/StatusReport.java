package dev.assay.jobs.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a validator did last, what is next and what is wrong.
 *
 * @param state in one word
 * @param reason for it, in one sentence
 * @param next what to do, or what to wait for
 * @param window where the chain stands; absent where no endpoint answers
 * @param evaluation the last completed one
 * @param weights the last window that weights were set for, or were to be
 * @param newestSample the highest block that the table has samples of
 * @param running which processes of this machine are at work
 * @param problems the gravest first; empty where all is well
 */
public record StatusReport(
    State state,
    String reason,
    String next,
    Optional<WindowReport> window,
    Optional<LastEvaluation> evaluation,
    Optional<LastWeights> weights,
    Optional<Long> newestSample,
    List<Running> running,
    List<Problem> problems) {
  public StatusReport {
    running = List.copyOf(running);
    problems = List.copyOf(problems);
  }

  /** How a validator fares. */
  public enum State {
    /** The window is served; nothing to do until the next. */
    WAITING,
    /** The window wants something. */
    DUE,
    /** A process is at it. */
    WORKING,
    /** Something is wrong, and an operator should look. */
    ATTENTION,
    /** No endpoint answers. */
    UNREACHABLE
  }

  /**
   * An evaluation.
   *
   * @param byBlame how many models were not accepted, by who is to blame
   * @param oldestUnjudged the block of the oldest commitment that was not judged through no fault
   *     of its miner
   * @param quarantined nodes that it went on without, by how many models failed there
   * @param bundle the folder of its bundle
   */
  public record LastEvaluation(
      String evaluation,
      long window,
      long block,
      int models,
      int accepted,
      SortedMap<String, Integer> byBlame,
      Optional<Long> oldestUnjudged,
      SortedMap<String, Integer> quarantined,
      Instant finishedAt,
      String bundle) {
    /** Blocks for which the oldest commitment may have waited to be judged, as of a block. */
    public long queueAge(long now) {
      return Math.max(0, now - oldestUnjudged.orElse(block));
    }
  }

  /**
   * A window's weights.
   *
   * @param weights how they stand
   * @param reason why they are not set; empty where they are
   */
  public record LastWeights(
      long window,
      Weights weights,
      String evaluation,
      Optional<String> extrinsic,
      Optional<Long> block,
      String reason,
      Instant recordedAt) {}

  /**
   * A process at work.
   *
   * @param work evaluate, submit or validator
   * @param process its number on this machine
   */
  public record Running(String work, long process) {}
}
