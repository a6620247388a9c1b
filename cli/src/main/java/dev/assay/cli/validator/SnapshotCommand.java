package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Cell;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Listing;
import dev.assay.cli.terminal.Listing.Kind;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.jobs.snapshot.FromOrigin;
import dev.assay.jobs.snapshot.FromSource;
import dev.assay.jobs.snapshot.Refusal;
import dev.assay.jobs.snapshot.Snapshot;
import dev.assay.jobs.snapshot.SnapshotReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "snapshot",
    description = {
      "Adds the feed's new samples to the table samples; idempotent.",
      "A new table begins with what the current window needs; --from-block reaches back."
    },
    footer = {
      "",
      "  assay snapshot --config conf/assay.yaml",
      "  assay snapshot --from-block 1 --config conf/assay.yaml"
    },
    subcommands = {SnapshotExportCommand.class, SnapshotVerifyCommand.class})
public final class SnapshotCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--from-block",
      paramLabel = "BLOCK",
      description =
          "Begin there, for windows before the table's first (default: with the first block that is"
              + " missing).")
  private Long fromBlock;

  @Override
  public Integer call() throws InterruptedException {
    Ranges.block("--from-block", fromBlock);
    SnapshotReport report =
        Snapshot.run(
            configuration.load(),
            fromBlock == null ? OptionalLong.empty() : OptionalLong.of(fromBlock),
            new ConsoleProgress(Console.standardError()));
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
    // The launcher knows the terminal; without one a line may be of any length.
    int columns = Integer.getInteger("assay.columns", 0);
    if (report.origins().size() > 1) {
      lines.addAll(origins(report.origins()).lines(columns));
    }
    if (!report.sources().isEmpty()) {
      lines.addAll(composition(report.sources()).lines(columns));
    }
    return lines;
  }

  private static Listing origins(List<FromOrigin> origins) {
    Listing listing =
        new Listing()
            .column("address", Kind.ACCOUNT)
            .column("up to block", Kind.NUMBER)
            .column("received", Kind.NUMBER)
            .column("taken", Kind.NUMBER)
            .column("refused", Kind.NUMBER)
            .column("over quota", Kind.NUMBER)
            .column("by", Kind.TEXT);
    origins.forEach(
        origin ->
            listing.row(
                Cell.of(origin.origin()),
                Cell.of(origin.toBlock()),
                Cell.of(origin.received()),
                Cell.of(origin.taken()),
                Cell.of(origin.refused()),
                Cell.of(origin.overQuota()),
                rules(origin.refusals())));
    return listing;
  }

  private static Listing composition(List<FromSource> sources) {
    Listing listing =
        new Listing()
            .column("producer", Kind.ACCOUNT)
            .column("received", Kind.NUMBER)
            .column("taken", Kind.NUMBER)
            .column("refused", Kind.NUMBER)
            .column("over quota", Kind.NUMBER)
            .column("by", Kind.TEXT);
    sources.forEach(
        source ->
            listing.row(
                source.source().isEmpty() ? Cell.none() : Cell.of(source.source()),
                Cell.of(source.received()),
                Cell.of(source.taken()),
                Cell.of(source.refused()),
                Cell.of(source.overQuota()),
                rules(source.refusals())));
    return listing;
  }

  private static Cell rules(Map<Refusal, Integer> refusals) {
    return refusals.isEmpty()
        ? Cell.none()
        : Cell.of(
            refusals.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ")));
  }
}
