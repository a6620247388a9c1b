package dev.assay.jobs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a run before one of its durable steps as a kill does: that step and all after it fail on
 * whichever thread takes them, so nothing that cleans up behind a failure can reach the disk.
 */
final class KilledRun extends Error {
  private static final long serialVersionUID = 1L;

  private KilledRun(String step) {
    super("killed before: " + step);
  }

  /** What a run does. */
  interface Run {
    void run() throws Exception;
  }

  /** How many durable steps a run takes. */
  static int steps(Run run) throws Exception {
    AtomicInteger steps = new AtomicInteger();
    DurableStep.observe(step -> steps.incrementAndGet());
    try {
      run.run();
    } finally {
      DurableStep.observe(step -> {});
    }
    return steps.get();
  }

  /**
   * Runs up to a step, counted from 1.
   *
   * @return the step that was not taken; empty words if the run ended before
   */
  static String before(int step, Run run) {
    AtomicInteger steps = new AtomicInteger();
    AtomicReference<String> reached = new AtomicReference<>("");
    DurableStep.observe(
        name -> {
          int count = steps.incrementAndGet();
          if (count == step) {
            reached.set(name);
          }
          if (count >= step) {
            throw new KilledRun(name);
          }
        });
    try {
      run.run();
    } catch (Exception | KilledRun killed) {
      if (reached.get().isEmpty()) {
        throw new IllegalStateException("the run failed before it was killed", killed);
      }
    } finally {
      DurableStep.observe(name -> {});
    }
    return reached.get();
  }
}
