package dev.assay.model.hub.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Files that arrive side by side, since one connection seldom fills a line. */
public final class SeveralAtOnce {
  /** One file's arrival. */
  public interface Arrival {
    void await() throws IOException, InterruptedException;
  }

  private SeveralAtOnce() {}

  /**
   * Runs all of them, and returns when none is running any more. Where some fail, the failure is
   * that of the first of them in the order given, as if they had come one after the other; those
   * behind it are broken off.
   */
  public static void run(int most, List<Arrival> arrivals)
      throws IOException, InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(most, arrivals.size()), SeveralAtOnce::thread);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        running.add(
            threads.submit(
                () -> {
                  arrival.await();
                  return null;
                }));
      }
      for (Future<Void> one : running) {
        await(one);
      }
    } finally {
      end(threads);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "assay-download");
    thread.setDaemon(true);
    return thread;
  }

  private static void await(Future<Void> one) throws IOException, InterruptedException {
    try {
      one.get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof IOException ours) {
        throw ours;
      }
      if (cause instanceof RuntimeException theirs) {
        throw theirs;
      }
      throw new IllegalStateException("a download broke: " + cause, cause);
    }
  }

  /** What still runs would write into a cache whose lock is about to be given back. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
