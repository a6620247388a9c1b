package dev.assay.cli.validator;

import dev.assay.cli.failure.Failures;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.Evaluate;
import dev.assay.jobs.evaluate.Readiness;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.spark.FirstTask;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.submit.SubmitReport;
import dev.assay.report.Printable;
import dev.assay.report.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description =
        "Judges every committed model on Spark and scores it; losses that the table already holds"
            + " are not computed again.",
    footer = {"", "  assay evaluate --config conf/assay.yaml --no-submit"})
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--at",
      paramLabel = "BLOCK",
      description = "Evaluate at this final block instead of the latest.")
  private Long at;

  @Option(names = "--no-submit", description = "Do not set weights afterwards.")
  private boolean noSubmit;

  @Override
  public Integer call() throws InterruptedException {
    Ranges.block("--at", at);
    AssayConfiguration settings = configuration.load();
    Progress progress = new ConsoleProgress(Console.standardError());
    EvaluationReport report;
    try {
      report = evaluate(settings, progress);
    } catch (RuntimeException failure) {
      if (!noSubmit && at == null && Failures.exitCode(failure) == ExitCode.TRY_AGAIN_LATER) {
        fallback(settings, progress, failure);
      }
      throw failure;
    }
    if (noSubmit) {
      print(settings, report, Optional.empty());
      return report.isNew() ? ExitCode.DONE : ExitCode.NOTHING_TO_DO;
    }
    SubmitReport submitted;
    try {
      submitted =
          SubmitCommand.submit(settings, report.evaluation(), OptionalLong.empty(), progress);
    } catch (RuntimeException failure) {
      // The evaluation is complete, whatever became of its weights.
      print(settings, report, Optional.empty());
      throw failure;
    }
    print(settings, report, Optional.of(submitted));
    return SubmitCommand.exitCode(submitted);
  }

  private void print(
      AssayConfiguration settings, EvaluationReport report, Optional<SubmitReport> submitted) {
    output.print(EvaluateResult.of(settings, report, submitted), () -> lines(report));
  }

  private EvaluationReport evaluate(AssayConfiguration settings, Progress progress)
      throws InterruptedException {
    OptionalLong block = at == null ? OptionalLong.empty() : OptionalLong.of(at);
    Readiness.require(settings, block);
    try (SparkSession spark = spark(settings)) {
      return FirstTask.within(
          spark, () -> Evaluate.run(settings, spark, block, progress, Clock.systemUTC()));
    }
  }

  private static SparkSession spark(AssayConfiguration settings) {
    return Waiting.during(
        "spark: starts its executors",
        Console.standardError(),
        () -> SparkRuntime.start(settings, System.getenv()));
  }

  /** A window whose evaluation has to wait must not end without weights, and silently. */
  private static void fallback(
      AssayConfiguration settings, Progress progress, RuntimeException failure) {
    try {
      SubmitCommand.presentWindow(settings, progress);
    } catch (RuntimeException unfit) {
      progress.stage("fallback", "cannot be decided: " + unfit.getMessage());
      failure.addSuppressed(unfit);
    }
  }

  private static List<String> lines(EvaluationReport report) {
    Table table =
        new Table(
            "uid", "repository", "verdict", "mean loss", "win rate", "u16", "weight", "reason");
    int notDue = 0;
    for (EvaluationReport.Model model : report.models()) {
      if (model.verdict().equals("NOT_DUE") && model.weightU16() == 0) {
        notDue++;
        continue;
      }
      table.row(
          String.valueOf(model.uid()),
          Printable.onTerminal(model.repository().orElse(model.hotkey())),
          model.verdict(),
          model.meanLoss().map(loss -> String.format(Locale.ROOT, "%.4f", loss)).orElse("-"),
          String.format(Locale.ROOT, "%.4f", model.winRate()),
          String.valueOf(model.weightU16()),
          String.format(Locale.ROOT, "%.2f%%", 100 * model.weight()),
          Printable.onTerminal(model.reason()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (notDue > 0) {
      lines.add(
          notDue
              + " more models without a weight are not on this window's roster; --json has them");
    }
    lines.add("evaluation " + report.evaluation());
    return lines;
  }
}
