package dev.assay.cli.terminal;

import dev.assay.jobs.progress.Progress;
import java.util.Locale;

/** Shows a job's progress to a person. */
public final class ConsoleProgress implements Progress {
  private final Console console;

  public ConsoleProgress(Console console) {
    this.console = console;
  }

  @Override
  public void stage(String stage, String detail) {
    console.line(stage + ": " + detail);
  }

  @Override
  public void model(String model, int done, int samples, double tokensPerSecond) {
    console.move(
        String.format(
            Locale.ROOT,
            "%s: %d of %d samples, %,.0f tokens/s",
            model,
            done,
            samples,
            tokensPerSecond));
  }

  @Override
  public void verdict(String model, String verdict, String reason) {
    console.line(model + "  " + verdict + (reason.isEmpty() ? "" : "  " + reason));
  }
}
