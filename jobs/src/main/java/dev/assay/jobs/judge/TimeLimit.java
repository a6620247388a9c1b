package dev.assay.jobs.judge;

import dev.assay.jobs.work.Fault;
import dev.assay.score.entry.Verdict;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long one unit may take, all its stages together.
 *
 * @param startedNanos when it began, by {@link System#nanoTime}
 * @param cancelled whether Spark wants the task to end
 */
record TimeLimit(long startedNanos, Duration limit, BooleanSupplier cancelled) {
  /**
   * Ends a unit that has used up its time.
   *
   * @param done losses so far
   * @param all losses that are wanted
   */
  void require(int done, int all) throws InterruptedException {
    if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("the task was cancelled");
    }
    if (System.nanoTime() - startedNanos > limit.toNanos()) {
      throw new FaultException(
          Fault.of(
              Verdict.TIMED_OUT,
              "%d of %d losses in %d s; that is the limit"
                  .formatted(done, all, limit.toSeconds())));
    }
  }
}
