package dev.assay.cli.localnet;

import dev.assay.chain.keys.Wallet;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "register",
    description = {
      "Registers a wallet's hotkey on a localnet's subnet; //Alice pays.",
      "A wallet that isn't there is made, with keys in plain files."
    },
    footer = {"", "  assay localnet register --wallet dave"})
final class RegisterCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private LocalnetTarget target;

  /** Which UID a hotkey has. */
  record Answer(String wallet, String hotkey, int netuid, int uid) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Answer answer =
        target.run(
            (settings, chain, newcomers) -> {
              Wallet wallet = settings.submit().keys();
              Newcomers.complete(wallet);
              return new Answer(
                  wallet.name(),
                  wallet.hotkeyAccount().ss58(),
                  settings.chain().netuid(),
                  newcomers.register(wallet));
            });
    output.print(
        answer,
        () ->
            List.of(
                "%s %s is uid %d on subnet %d"
                    .formatted(answer.wallet(), answer.hotkey(), answer.uid(), answer.netuid())));
    return ExitCode.DONE;
  }
}
