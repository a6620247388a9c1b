package dev.assay.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk that is full from one of a run's durable steps on: whatever writes fails there as the
 * system words it, and what only renames or deletes succeeds.
 */
final class FullSteps {
  private FullSteps() {}

  /**
   * Runs on a disk that takes nothing more from a step on, counted from 1.
   *
   * @return how the run failed; empty if it wrote nothing after that
   */
  static Optional<Exception> failure(int step, KilledRun.Run run) {
    AtomicInteger steps = new AtomicInteger();
    DurableStep.observe(
        name -> {
          if (steps.incrementAndGet() >= step
              && (name.startsWith("create ") || name.startsWith("write "))) {
            throw new UncheckedIOException(new IOException(name + ": No space left on device"));
          }
        });
    try {
      run.run();
      return Optional.empty();
    } catch (Exception failure) {
      return Optional.of(failure);
    } finally {
      DurableStep.observe(name -> {});
    }
  }
}
