package dev.assay.cli.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "stake",
    description = {
      "Puts TAO behind a hotkey on a subnet, or takes it back.",
      "A validator needs stake: its weights count by it. A miner needs none."
    },
    subcommands = {StakeAddCommand.class, StakeRemoveCommand.class})
public final class StakeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: add or remove");
  }
}
