package dev.assay.jobs.fanout;

import java.time.Duration;
import java.util.function.Consumer;

/** Hears what becomes of units, on one of several threads. What it throws ends the run at once. */
@FunctionalInterface
public interface Hearer<U, R> {
  /** A unit has its fate. */
  void ended(U unit, Fate<R> fate);

  /**
   * One of its attempts begins.
   *
   * @param goesOn to be told whenever something is heard of it, with the time that the next sign
   *     may take at its pace; one that is silent for far longer is given up
   */
  default void begun(U unit, Consumer<Duration> goesOn) {}

  /** One of its attempts is over. */
  default void attempted(U unit, Ending<R> ending) {}
}
