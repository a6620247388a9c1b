package dev.assay.cli.terminal;

import dev.assay.report.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * What a person watches on standard error: stages, lines, and one moving line on a terminal. Where
 * standard error is a file, the moving line appears every few seconds as a line of its own.
 *
 * <p>Safe for use by several threads.
 */
public final class Console {
  private static final long FILE_PERIOD = Duration.ofSeconds(5).toNanos();
  private static final long TERMINAL_PERIOD = Duration.ofMillis(100).toNanos();

  /** How everything is told in this process. */
  private enum Style {
    PEOPLE,
    JSON,
    QUIET
  }

  private static volatile Style style = Style.PEOPLE;

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

  /** Chooses for the whole process, before anything is shown. */
  public static void style(boolean quiet, boolean json) {
    style = quiet ? Style.QUIET : json ? Style.JSON : Style.PEOPLE;
  }

  /** A failure as it is written on standard error; never left out. */
  public static String failure(String text) {
    return style == Style.JSON ? logged("failure", text) : "assay: " + Printable.onTerminal(text);
  }

  private static String logged(String kind, String text) {
    return Json.line(new LogLine(Instant.now().toString(), kind, Printable.onTerminal(text)));
  }

  /** One line of {@code --log-json}. */
  private record LogLine(String at, String kind, String text) {}

  /** Whether it was written as JSON, or is not to be written. */
  private boolean isTold(String kind, String text) {
    if (style == Style.JSON) {
      out.println(logged(kind, text));
    }
    return style != Style.PEOPLE;
  }

  /** The heading of a stage, with the time since the command began. */
  public synchronized void stage(String text) {
    if (isTold("stage", text)) {
      return;
    }
    endMove();
    out.printf("%n[%5.1f s] %s%n", seconds(), text);
  }

  public synchronized void line(String text) {
    if (isTold("line", text)) {
      return;
    }
    endMove();
    out.println("  " + Printable.onTerminal(text));
  }

  /** Replaces the moving line; too frequent calls are dropped. */
  public synchronized void move(String text) {
    long now = System.nanoTime();
    if (lastMove != Long.MIN_VALUE
        && now - lastMove < (isMoving() ? TERMINAL_PERIOD : FILE_PERIOD)) {
      return;
    }
    lastMove = now;
    if (isTold("progress", text)) {
      return;
    }
    String shown = Printable.onTerminal(text);
    if (terminal) {
      out.print("\r\u001b[K  " + shown);
      out.flush();
      moving = true;
    } else {
      out.println("  " + shown);
    }
  }

  private boolean isMoving() {
    return terminal && style == Style.PEOPLE;
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
