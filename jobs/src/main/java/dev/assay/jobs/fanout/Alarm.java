package dev.assay.jobs.fanout;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Rings once, when the time is over that it was last started for. */
final class Alarm {
  private final ScheduledExecutorService clock;
  private final Runnable ring;
  private ScheduledFuture<?> pending;
  private boolean stopped;
  private boolean rung;

  Alarm(ScheduledExecutorService clock, Runnable ring) {
    this.clock = clock;
    this.ring = ring;
  }

  synchronized void restart(Duration after) {
    pause();
    if (!stopped && !clock.isShutdown()) {
      pending = clock.schedule(this::rings, after.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** It does not ring before it is started again. */
  synchronized void pause() {
    if (pending != null) {
      pending.cancel(false);
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
    pause();
  }

  synchronized boolean hasRung() {
    return rung;
  }
}
