package dev.assay.cli.demo;

import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description =
        "Runs the whole loop on this machine: miners train, publish and commit; a validator"
            + " evaluates them on Spark and sets their weights; Yuma consensus runs.",
    footer = {
      "",
      "  assay demo                         watch it; nothing is kept but the report page",
      "  assay demo --out loop              keep every table, model and key in the folder loop",
      "  assay demo --fast --json           for programs"
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(names = "--out", paramLabel = "DIR", description = "Keep everything in this folder.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same losses and weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--fast", description = "Less training and fewer samples.")
  private boolean fast;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Option(
      names = "--chain-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the local chain (default: a free one).")
  private int chainPort;

  @Option(
      names = "--hub-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the local hub (default: a free one).")
  private int hubPort;

  @Option(
      names = "--feed-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the sample feed (default: a free one).")
  private int feedPort;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Ranges.port("--chain-port", chainPort);
    Ranges.port("--hub-port", hubPort);
    Ranges.port("--feed-port", feedPort);
    DemoOptions options =
        new DemoOptions(seed, fast, Optional.ofNullable(out), chainPort, hubPort, feedPort);
    DemoResult result = Demo.run(options, Console.standardError());
    Output.print(spec, json, result, List::of);
    return ExitCode.DONE;
  }
}
