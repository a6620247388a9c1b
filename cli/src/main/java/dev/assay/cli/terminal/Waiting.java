package dev.assay.cli.terminal;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows that a step goes on which cannot say how far it is: a line whose seconds move. */
public final class Waiting {
  /** For so long, in seconds, nobody wonders whether a command does anything. */
  private static final int UNNOTICED = 2;

  /** What may take long. */
  public interface Step<T> {
    T take() throws IOException, InterruptedException;
  }

  private final String what;
  private final Console console;
  private final long start = System.nanoTime();
  private volatile boolean shown;

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

  /**
   * Takes a step that is mostly short; says nothing of it unless it takes more than two seconds.
   */
  public static <T> T ifLong(String what, Console console, Step<T> step)
      throws IOException, InterruptedException {
    return ifLong(what, console, UNNOTICED, step);
  }

  static <T> T ifLong(String what, Console console, int unnoticed, Step<T> step)
      throws IOException, InterruptedException {
    Waiting waiting = new Waiting(what, console);
    ScheduledExecutorService clock = clock();
    try {
      var unused = clock.scheduleAtFixedRate(waiting::show, unnoticed, 1, TimeUnit.SECONDS);
      return step.take();
    } finally {
      clock.shutdownNow();
      if (waiting.shown) {
        console.line(what + ": " + waiting.seconds() + " s");
      }
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
    shown = true;
    console.move(what + ", " + seconds() + " s");
  }

  private long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }
}
