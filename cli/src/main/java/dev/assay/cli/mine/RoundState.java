package dev.assay.cli.mine;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far a round has come: one line of the journal. A step is recorded before it is taken, and
 * every step may be taken again.
 *
 * @param round from 1 on
 * @param step what the round does next
 * @param from the folder of the model that the round begins with
 * @param block of the newest sample that it learns from
 * @param startLoss on the held-out samples, before training; null until trained
 * @param bestLoss the lowest after it; null until trained
 * @param outcome why the round has ended; null until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RoundState(
    int round,
    Step step,
    String from,
    long block,
    Double startLoss,
    Double bestLoss,
    Outcome outcome) {
  enum Step {
    TRAIN,
    CHECK,
    PUBLISH,
    COMMIT,
    ENDED
  }

  /** What became of a round. */
  enum Outcome {
    /** The chain holds its model. */
    COMMITTED,
    /** Its model isn't better by the margin. */
    NOT_BETTER,
    /** A validator would refuse its model. */
    REFUSED
  }

  static RoundState begun(int round, String from, long block) {
    return new RoundState(round, Step.TRAIN, from, block, null, null, null);
  }

  RoundState trained(double start, double best) {
    return new RoundState(round, Step.CHECK, from, block, start, best, null);
  }

  RoundState next(Step following) {
    return new RoundState(round, following, from, block, startLoss, bestLoss, null);
  }

  RoundState ended(Outcome how) {
    return new RoundState(round, Step.ENDED, from, block, startLoss, bestLoss, how);
  }

  /** Whether training has lowered the loss by a share of it. */
  boolean isBetterBy(double margin) {
    return bestLoss < startLoss * (1 - margin);
  }
}
