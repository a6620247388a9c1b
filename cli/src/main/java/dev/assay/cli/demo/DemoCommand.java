package dev.assay.cli.demo;

import dev.assay.cli.localnet.ServicePorts;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.score.rules.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private Output output;

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

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      defaultValue = Policy.ORIGINAL_RANKED,
      completionCandidates = DemoPolicy.Names.class,
      description =
          "How losses become weights (default: ${DEFAULT-VALUE}). assay-1 evaluates two windows;"
              + " in the second, models stop that cannot overtake.")
  private String policy;

  @Mixin private ServicePorts ports;

  @Override
  public Integer call() throws Exception {
    ports.requireBounds();
    DemoOptions options =
        new DemoOptions(
            seed,
            fast,
            DemoPolicy.named(policy),
            Optional.ofNullable(out),
            ports.chain(),
            ports.hub(),
            ports.feed());
    DemoResult result = Demo.run(options, Console.standardError());
    output.print(result, List::of);
    return ExitCode.DONE;
  }
}
