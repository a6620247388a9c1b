package dev.assay.cli.localnet;

import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.cli.terminal.Amount;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "stake",
    description = {
      "Registers a wallet's hotkey on a localnet's subnet, unless it is, and stakes on it; //Alice"
          + " pays. The subnet's next epoch makes a validator of it.",
      "A wallet that isn't there is made, with keys in plain files."
    },
    footer = {"", "  assay localnet stake --wallet carol --amount 500"})
final class StakeCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private LocalnetTarget target;

  @Option(
      names = "--amount",
      paramLabel = "TAO",
      defaultValue = "1000",
      description = "How much (default: ${DEFAULT-VALUE}).")
  private String amount;

  /**
   * What a hotkey then has.
   *
   * @param stake in rao
   * @param permit whether it may set weights already
   */
  record Answer(String wallet, String hotkey, int uid, long stake, boolean permit) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    long rao = Amount.rao("--amount", amount);
    Answer answer =
        target.run(
            (settings, chain, newcomers) -> {
              Wallet wallet = settings.submit().keys();
              Newcomers.complete(wallet);
              Neuron neuron = newcomers.stake(wallet, rao);
              return new Answer(
                  wallet.name(),
                  wallet.hotkeyAccount().ss58(),
                  neuron.uid(),
                  neuron.stake(),
                  neuron.validatorPermit());
            });
    output.print(
        answer,
        () ->
            List.of(
                "%s %s, uid %d, has %s at stake%s"
                    .formatted(
                        answer.wallet(),
                        answer.hotkey(),
                        answer.uid(),
                        Amount.of(answer.stake()),
                        answer.permit()
                            ? " and a validator's permit"
                            : "; the next epoch grants its permit")));
    return ExitCode.DONE;
  }
}
