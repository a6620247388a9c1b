package dev.assay.cli.terminal;

import dev.assay.jobs.progress.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows a job's progress to a person. Safe for use by several threads. */
public final class ConsoleProgress implements Progress {
  private final Console console;
  private final LongSupplier nanoTime;
  private long stageBegan;
  private String models = "";

  public ConsoleProgress(Console console) {
    this(console, System::nanoTime);
  }

  ConsoleProgress(Console console, LongSupplier nanoTime) {
    this.console = console;
    this.nanoTime = nanoTime;
    this.stageBegan = nanoTime.getAsLong();
  }

  @Override
  public synchronized void stage(String stage, String detail) {
    stageBegan = nanoTime.getAsLong();
    models = "";
    console.line(stage + ": " + detail);
  }

  @Override
  public synchronized void model(String model, int done, int samples, double tokensPerSecond) {
    console.move(
        String.format(
            Locale.ROOT,
            "%s%s: %d of %d samples, %,.0f tokens/s",
            models,
            model,
            done,
            samples,
            tokensPerSecond));
  }

  @Override
  public synchronized void models(int ended, int of) {
    long spent = Duration.ofNanos(nanoTime.getAsLong() - stageBegan).toSeconds();
    models =
        "model %d of %d done%s; "
            .formatted(
                ended,
                of,
                ended == of
                    ? ""
                    : ", about " + Times.about(spent * (of - ended) / ended) + " left");
    console.move(models.substring(0, models.length() - 2));
  }

  @Override
  public synchronized void verdict(String model, String verdict, String reason) {
    console.line(model + "  " + verdict + (reason.isEmpty() ? "" : "  " + reason));
  }
}
