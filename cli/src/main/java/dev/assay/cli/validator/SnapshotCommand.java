package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.jobs.snapshot.Snapshot;
import dev.assay.jobs.snapshot.SnapshotReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "snapshot",
    description = "Adds the feed's new samples to the table samples; idempotent.",
    footer = {"", "  assay snapshot --config conf/assay.yaml"})
public final class SnapshotCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Override
  public Integer call() throws InterruptedException {
    SnapshotReport report =
        Snapshot.run(configuration.load(), new ConsoleProgress(Console.standardError()));
    output.print(report, () -> lines(report));
    return report.written() == 0 ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
  }

  private static List<String> lines(SnapshotReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "blocks %d to %d: %d new samples, %d known, %d refused, %d over quota"
            .formatted(
                report.fromBlock(),
                report.toBlock(),
                report.written(),
                report.known(),
                report.refused(),
                report.overQuota()));
    report.refusals().forEach((rule, count) -> lines.add("  " + rule.told(count)));
    return lines;
  }
}
