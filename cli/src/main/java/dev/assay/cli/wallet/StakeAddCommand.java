package dev.assay.cli.wallet;

import dev.assay.chain.subtensor.Calls;
import dev.assay.cli.terminal.Amount;
import dev.assay.cli.terminal.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "add",
    description = {
      "Buys a subnet's alpha with the coldkey's TAO and stakes it on a hotkey.",
      "It shows the price and asks; if the price rises further than --tolerance, nothing happens."
    },
    footer = {"", "  assay stake add --wallet carol --amount 5 --netuid 6 --yes"})
final class StakeAddCommand implements Callable<Integer> {
  @Mixin private StakeChange change;

  @Option(
      names = "--amount",
      paramLabel = "TAO",
      required = true,
      description = "How much of the coldkey's TAO.")
  private String amount;

  @Override
  public Integer call() {
    long rao = Amount.rao("--amount", amount);
    return change.run(
        now -> {
          if (now.free() < rao) {
            throw new UsageException(
                "the coldkey holds %s TAO, less than %s; send it more"
                    .formatted(Amount.of(now.free()), Amount.of(rao)));
          }
          return new StakeChange.Plan(
              Calls.addStakeLimit(now.hotkey(), now.netuid(), rao, change.atMost(now.price())),
              "Stake %s TAO on %s in subnet %d, at %s TAO for one alpha?"
                  .formatted(Amount.of(rao), now.hotkey(), now.netuid(), Amount.of(now.price())));
        });
  }
}
