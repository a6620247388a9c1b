package dev.assay.jobs.fanout;

/** Hears what becomes of units, on one of several threads. What it throws ends the run at once. */
@FunctionalInterface
public interface Hearer<U, R> {
  /** A unit has its fate. */
  void ended(U unit, Fate<R> fate);

  /** One of its attempts is over. */
  default void attempted(U unit, Ending<R> ending) {}
}
