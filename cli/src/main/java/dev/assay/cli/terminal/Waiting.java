package dev.assay.cli.terminal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows that a step goes on which cannot say how far it is: a line whose seconds move. */
public final class Waiting {
  private final String what;
  private final Console console;
  private final long start = System.nanoTime();

  private Waiting(String what, Console console) {
    this.what = what;
    this.console = console;
  }

  /** Takes a step, and shows how long it takes. */
  public static <T> T during(String what, Console console, Supplier<T> step) {
    Waiting waiting = new Waiting(what, console);
    ScheduledExecutorService clock = clock();
    try {
      var unused = clock.scheduleAtFixedRate(waiting::show, 0, 1, TimeUnit.SECONDS);
      return step.get();
    } finally {
      clock.shutdownNow();
      console.line(what + ": " + waiting.seconds() + " s");
    }
  }

  private static ScheduledExecutorService clock() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "assay-waiting");
          thread.setDaemon(true);
          return thread;
        });
  }

  private void show() {
    console.move(what + ", " + seconds() + " s");
  }

  private long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }
}
