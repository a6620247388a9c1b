package dev.assay.jobs.fanout;

import java.time.Duration;

/**
 * How long the driver waits for one attempt of a unit.
 *
 * @param deadline from its task's start to its end
 * @param silence from the last that was heard of it, once something was; longer for one whose steps
 *     take long
 */
public record Patience(Duration deadline, Duration silence) {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** With the usual silence, a minute. */
  public static Patience until(Duration deadline) {
    return new Patience(deadline, SILENCE);
  }
}
