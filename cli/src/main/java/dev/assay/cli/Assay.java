package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "assay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    description = "Scores fine-tuned language models on Spark and sets their weights on Bittensor.",
    footer = {
      "",
      "Start here:  assay demo      the whole loop on this machine, in a few minutes",
      "",
      "Exit codes:  0 done, 1 failed, 2 bad usage or configuration, 3 nothing to do,",
      "             75 try again later."
    },
    subcommands = {
      DemoCommand.class,
      LocalnetCommand.class,
      SnapshotCommand.class,
      EvaluateCommand.class,
      SubmitCommand.class,
      ScoreCommand.class,
      SimulateCommand.class,
      LossCommand.class,
      BenchCommand.class,
      ReplayCommand.class,
      ExplainCommand.class,
      YumaCommand.class,
      WeightCopyingCommand.class
    })
final class Assay implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
