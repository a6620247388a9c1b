package dev.assay.model.hub.http;

import java.time.Duration;

/** A moment on the process's own monotonic clock by which something must be done. */
public final class Deadline {

  private final Duration allowed;
  private final long endNanos;

  private Deadline(Duration allowed) {
    this.allowed = allowed;
    this.endNanos = System.nanoTime() + allowed.toNanos();
  }

  public static Deadline after(Duration allowed) {
    return new Deadline(allowed);
  }

  /** What is left, negative once it has passed. */
  public Duration left() {
    return Duration.ofNanos(endNanos - System.nanoTime());
  }

  /** Fails when nothing is left. */
  public Duration required(String what) {
    Duration left = left();
    if (left.isNegative() || left.isZero()) {
      throw exceeded(what, null);
    }
    return left;
  }

  public HubException.Unavailable exceeded(String what, Throwable cause) {
    return new HubException.Unavailable(
        what + " took longer than its " + allowed.toSeconds() + " s", cause);
  }

  /** Waits, unless that would pass the end. */
  public void pause(Duration wait, String what) throws InterruptedException {
    if (wait.compareTo(left()) >= 0) {
      throw new HubException.Unavailable(
          what + " would have to wait " + wait.toSeconds() + " s, longer than is left", null);
    }
    Thread.sleep(wait.toMillis());
  }
}
