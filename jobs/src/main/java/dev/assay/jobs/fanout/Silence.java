package dev.assay.jobs.fanout;

import java.time.Duration;

/**
 * Rings when an attempt that was heard of has been silent for too long: it hangs. Before it is
 * heard of it loads, which takes as long as it takes.
 */
final class Silence {
  /** The longest step of a model takes more than its tokens' share: attention grows faster. */
  private static final int TIMES_LONGEST_STEP = 10;

  private final Duration least;
  private final Alarm alarm;
  private volatile boolean hasBegun;

  /**
   * @param least that is too long
   */
  Silence(Duration least, Alarm alarm) {
    this.least = least;
    this.alarm = alarm;
  }

  /** Its task starts, perhaps not for the first time. */
  void begin() {
    hasBegun = true;
    alarm.pause();
  }

  /**
   * It goes on.
   *
   * @param longestStep how long its next sign may take at its pace so far
   */
  void heard(Duration longestStep) {
    // What comes earlier is of an attempt before, which waits to be ended.
    if (hasBegun) {
      alarm.restart(tooLong(longestStep));
    }
  }

  Duration tooLong(Duration longestStep) {
    Duration many = longestStep.multipliedBy(TIMES_LONGEST_STEP);
    return many.compareTo(least) > 0 ? many : least;
  }

  boolean hasRung() {
    return alarm.hasRung();
  }

  void stop() {
    alarm.stop();
  }
}
