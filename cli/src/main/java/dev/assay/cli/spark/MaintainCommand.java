package dev.assay.cli.spark;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.upkeep.TableUpkeep;
import dev.assay.report.Table;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "maintain",
    description = {
      "Keeps the tables small: merges small files, lets go of old snapshots, and removes files that"
          + " nothing refers to and that are a day old.",
      "No row changes, and snapshots of the last ten minutes stay. Every evaluation ends with the"
          + " same. Exit code 3 if there are no tables."
    },
    footer = {"", "  assay maintain --config conf/assay.yaml"})
public final class MaintainCommand implements Callable<Integer> {
  private static final double KILO = 1_000;

  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  record Answer(List<TableUpkeep> tables) {}

  @Override
  public Integer call() {
    try (Warehouse warehouse =
        Warehouse.open(configuration.load().warehouse(), new Configuration())) {
      Answer answer = new Answer(warehouse.maintain(Clock.systemUTC().instant()));
      output.print(answer, () -> lines(answer.tables()));
      return answer.tables().isEmpty() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
    }
  }

  private static List<String> lines(List<TableUpkeep> tables) {
    if (tables.isEmpty()) {
      return List.of("there are no tables yet");
    }
    Table table = new Table("table", "files", "now", "snapshots", "now", "orphans", "metadata, kB");
    for (TableUpkeep upkeep : tables) {
      table.row(
          upkeep.table(),
          Integer.toString(upkeep.filesBefore()),
          Integer.toString(upkeep.files()),
          Integer.toString(upkeep.snapshotsBefore()),
          Integer.toString(upkeep.snapshots()),
          Integer.toString(upkeep.orphans()),
          String.format(Locale.ROOT, "%.1f", upkeep.metadataBytes() / KILO));
    }
    return table.lines();
  }
}
