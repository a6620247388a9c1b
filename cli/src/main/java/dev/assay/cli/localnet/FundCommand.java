package dev.assay.cli.localnet;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.terminal.Amount;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fund",
    description = {
      "Gives a wallet's coldkey TAO of a localnet, where //Alice holds a million.",
      "A wallet that isn't there is made, with keys in plain files."
    },
    footer = {"", "  assay localnet fund --wallet bob --amount 100"})
final class FundCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private LocalnetTarget target;

  @Option(
      names = "--amount",
      paramLabel = "TAO",
      defaultValue = "1000",
      description = "How much (default: ${DEFAULT-VALUE}).")
  private String amount;

  @Option(
      names = "--to",
      paramLabel = "SS58",
      description = "Another account (default: the wallet's coldkey).")
  private String to;

  /** Who holds what now, in rao. */
  record Answer(String address, long free) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    long rao = Amount.rao("--amount", amount);
    Answer answer =
        target.run(
            (settings, chain, newcomers) -> {
              AccountId account = to == null ? coldkey(settings.submit().keys()) : account();
              return new Answer(account.ss58(), newcomers.fund(account, rao));
            });
    output.print(
        answer, () -> List.of(answer.address() + " holds " + Amount.of(answer.free()) + " TAO"));
    return ExitCode.DONE;
  }

  private static AccountId coldkey(Wallet wallet) {
    Newcomers.complete(wallet);
    return wallet.coldkeyAccount();
  }

  private AccountId account() {
    try {
      return AccountId.fromSs58(to);
    } catch (IllegalArgumentException malformed) {
      throw new UsageException("--to: " + malformed.getMessage(), malformed);
    }
  }
}
