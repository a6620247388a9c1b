package dev.assay.jobs;

import java.util.function.Consumer;

/**
 * Every moment at which something of a run becomes durable: a file appears, moves or goes, an
 * extrinsic is sent. Between two of them a run may be killed at any time, and the next run
 * continues; a test learns of each before it happens, and ends the run there.
 */
public final class DurableStep {
  private static volatile Consumer<String> observer = step -> {};

  private DurableStep() {}

  /**
   * Said before a step is taken.
   *
   * @param step what is about to become durable
   */
  public static void next(String step) {
    observer.accept(step);
  }

  /**
   * Has every step of this process told, on the thread that takes it.
   *
   * @param observer may throw, and the step is not taken
   */
  public static void observe(Consumer<String> observer) {
    DurableStep.observer = observer;
  }
}
