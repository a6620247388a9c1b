package dev.assay.jobs.fanout;

/** What became of one unit of work. */
public sealed interface Fate<R> {
  /** It returned. */
  record Returned<R>(R value) implements Fate<R> {}

  /** Every executor that tried it died under it. */
  record Crashed<R>(int attempts) implements Fate<R> {}

  /** It did not end within its limit and was cancelled. */
  record TimedOut<R>(long seconds) implements Fate<R> {}

  /** Spark could not run it at all, or it threw what it should have caught. */
  record Failed<R>(String reason) implements Fate<R> {}
}
