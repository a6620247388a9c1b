package dev.assay.cli.bench;

import dev.assay.cli.bench.cluster.BenchClusterCommand;
import dev.assay.cli.loss.BenchModelCommand;
import dev.assay.cli.loss.BenchWorkersCommand;
import dev.assay.cli.train.BenchTrainCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = "Measures the promised figures on this machine.",
    subcommands = {
      BenchModelCommand.class,
      BenchWorkersCommand.class,
      BenchTrainCommand.class,
      BenchSiteCommand.class,
      BenchEarlyStopCommand.class,
      BenchDownloadCommand.class,
      BenchSamplesCommand.class,
      BenchClusterCommand.class
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
  }
}
