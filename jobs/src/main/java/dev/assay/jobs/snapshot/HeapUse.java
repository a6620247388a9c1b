package dev.assay.jobs.snapshot;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Watches how much of the heap is in use. */
final class HeapUse implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;

  private final AtomicLong most = new AtomicLong();
  private final Thread watcher = new Thread(this::watch, "heap");

  HeapUse() {
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watch() {
    try {
      while (true) {
        most.accumulateAndGet(now(), Math::max);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException closed) {
      // Nothing is left to watch.
    }
  }

  /** The most bytes in use so far, what nobody needs any more included. */
  long most() {
    return most.get();
  }

  /** Bytes that are still needed. */
  static long held() {
    System.gc();
    return now();
  }

  private static long now() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
