package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.Prefetch;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.spark.FirstTask;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.report.Printable;
import dev.assay.report.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "prefetch",
    description = {
      "Brings the models that the next evaluations look at to the nodes where they would judge"
          + " them, and checks them there: files, hashes, norms, all that needs no sample and no"
          + " GPU.",
      "It decides nothing: what has not come, the evaluation fetches. It ends with exit code 3 if"
          + " everything was there."
    },
    footer = {"", "  assay prefetch --config conf/assay.yaml"})
public final class PrefetchCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Override
  public Integer call() throws InterruptedException {
    AssayConfiguration settings = configuration.load();
    Prefetch.Report report;
    try (SparkSession spark =
        Waiting.during(
            "spark: starts its executors",
            Console.standardError(),
            () -> SparkRuntime.start(settings, System.getenv()))) {
      Progress progress = new ConsoleProgress(Console.standardError());
      report =
          FirstTask.within(spark, () -> Prefetch.run(settings, spark, progress, Clock.systemUTC()));
    }
    output.print(report, () -> lines(report));
    boolean isNew =
        report.models().stream().anyMatch(model -> model.state() != Prefetch.State.THERE);
    return isNew ? ExitCode.DONE : ExitCode.NOTHING_TO_DO;
  }

  private static List<String> lines(Prefetch.Report report) {
    Table table = new Table("repository", "MB", "state", "reason");
    for (Prefetch.Model model : report.models()) {
      table.row(
          Printable.onTerminal(model.repository()),
          String.format(Locale.ROOT, "%.1f", model.bytes() / 1e6),
          model.state().name(),
          Printable.onTerminal(model.reason()));
    }
    List<String> lines = new ArrayList<>(report.models().isEmpty() ? List.of() : table.lines());
    lines.add(
        "%d of %d models fetched at block %d"
            .formatted(report.fetched(), report.models().size(), report.block()));
    return lines;
  }
}
