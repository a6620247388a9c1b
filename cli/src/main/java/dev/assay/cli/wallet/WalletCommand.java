package dev.assay.cli.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "wallet",
    description = {
      "Keys in Bittensor's own wallet folders, which btcli and the SDK share.",
      "A wallet has one coldkey, which holds the money, and hotkeys, which act on subnets. Keep the"
          + " coldkey off machines that only mine or validate."
    },
    subcommands = {
      WalletNewCommand.class,
      WalletListCommand.class,
      WalletShowCommand.class,
      WalletImportCommand.class,
      WalletSignCommand.class,
      WalletVerifyCommand.class
    })
public final class WalletCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: new, list, show, import, sign or verify");
  }
}
