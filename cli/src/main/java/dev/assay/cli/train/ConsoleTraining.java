package dev.assay.cli.train;

import dev.assay.cli.terminal.Console;
import dev.assay.model.train.TrainingStep;
import dev.assay.model.train.run.TrainingWatcher;
import java.time.Duration;
import java.util.Locale;

/** Shows a person how training goes on, and how long it will take. */
final class ConsoleTraining implements TrainingWatcher {
  private static final double NANOSECONDS = 1e9;

  private final Console console;
  private final long begin = System.nanoTime();
  private int before;

  ConsoleTraining(Console console) {
    this.console = console;
  }

  @Override
  public void resumed(int done) {
    before = done;
    console.line("goes on after step " + done);
  }

  @Override
  public void step(TrainingStep step) {
    double seconds = (System.nanoTime() - begin) / NANOSECONDS / (step.step() - before);
    console.move(
        String.format(
            Locale.ROOT,
            "step %d of %d, loss %.4f, %,.0f tokens/s, %s left",
            step.step(),
            step.steps(),
            step.loss(),
            step.tokensPerSecond(),
            left(Duration.ofSeconds(Math.round(seconds * (step.steps() - step.step()))))));
  }

  private static String left(Duration time) {
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
  }

  @Override
  public void evaluated(int step, double loss, boolean best) {
    console.line(
        String.format(
            Locale.ROOT,
            "%s: held-out loss %.4f%s",
            step == 0 ? "before training" : "step " + step,
            loss,
            best ? ", the best so far" : ""));
  }

  @Override
  public void saved(int step) {
    // The evaluation before it has been told.
  }
}
