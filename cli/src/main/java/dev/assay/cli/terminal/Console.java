package dev.assay.cli.terminal;

import dev.assay.report.Printable;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What a person watches on standard error: stages, lines, and one moving line on a terminal. Where
 * standard error is a file, the moving line appears every few seconds as a line of its own.
 *
 * <p>Safe for use by several threads.
 */
public final class Console {
  private static final long FILE_PERIOD = Duration.ofSeconds(5).toNanos();
  private static final long TERMINAL_PERIOD = Duration.ofMillis(100).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private long lastMove = Long.MIN_VALUE;
  private boolean moving;

  public Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The launcher knows whether standard error is a terminal; the JVM can't tell for one stream. */
  public static Console standardError() {
    return new Console(System.err, Boolean.getBoolean("assay.terminal"));
  }

  /** The heading of a stage, with the time since the command began. */
  public synchronized void stage(String text) {
    endMove();
    out.printf("%n[%5.1f s] %s%n", seconds(), text);
  }

  public synchronized void line(String text) {
    endMove();
    out.println("  " + Printable.onTerminal(text));
  }

  /** Replaces the moving line; too frequent calls are dropped. */
  public synchronized void move(String text) {
    long now = System.nanoTime();
    if (lastMove != Long.MIN_VALUE && now - lastMove < (terminal ? TERMINAL_PERIOD : FILE_PERIOD)) {
      return;
    }
    lastMove = now;
    String shown = Printable.onTerminal(text);
    if (terminal) {
      out.print("\r\u001b[K  " + shown);
      out.flush();
      moving = true;
    } else {
      out.println("  " + shown);
    }
  }

  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private void endMove() {
    if (moving) {
      out.print("\r\u001b[K");
      moving = false;
    }
  }
}
