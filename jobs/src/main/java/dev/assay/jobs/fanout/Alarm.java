package dev.assay.jobs.fanout;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Rings once, a deadline after it was last started; waiting for a slot costs nothing of it. */
final class Alarm {
  private final ScheduledExecutorService clock;
  private final Duration deadline;
  private final Runnable ring;
  private ScheduledFuture<?> pending;
  private boolean stopped;
  private boolean rung;

  Alarm(ScheduledExecutorService clock, Duration deadline, Runnable ring) {
    this.clock = clock;
    this.deadline = deadline;
    this.ring = ring;
  }

  synchronized void restart() {
    if (pending != null) {
      pending.cancel(false);
    }
    if (!stopped && !clock.isShutdown()) {
      pending = clock.schedule(this::rings, deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void rings() {
    synchronized (this) {
      if (stopped) {
        return;
      }
      rung = true;
    }
    ring.run();
  }

  synchronized void stop() {
    stopped = true;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  synchronized boolean hasRung() {
    return rung;
  }
}
