package dev.assay.cli.wallet;

import dev.assay.chain.subtensor.Calls;
import dev.assay.cli.terminal.Amount;
import dev.assay.cli.terminal.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "remove",
    description = {
      "Sells a subnet's alpha that the coldkey has staked on a hotkey; the TAO goes to the"
          + " coldkey.",
      "It shows the price and asks; if the price falls further than --tolerance, nothing happens."
    },
    footer = {"", "  assay stake remove --wallet carol --amount 4 --netuid 6 --yes"})
final class StakeRemoveCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Mixin private StakeChange change;

  @Option(
      names = "--amount",
      paramLabel = "ALPHA",
      required = true,
      description = "How much of the subnet's alpha, or all.")
  private String amount;

  @Override
  public Integer call() {
    long asked = amount.equals(ALL) ? Long.MAX_VALUE : Amount.rao("--amount", amount);
    return change.run(
        now -> {
          long rao = Math.min(asked, now.stake());
          if (rao == 0 || (asked > now.stake() && asked != Long.MAX_VALUE)) {
            throw new UsageException(
                "the coldkey has %s alpha of subnet %d on %s; name no more than that"
                    .formatted(Amount.of(now.stake()), now.netuid(), now.hotkey()));
          }
          return new StakeChange.Plan(
              Calls.removeStakeLimit(now.hotkey(), now.netuid(), rao, change.atLeast(now.price())),
              "Sell %s alpha of subnet %d from %s, at %s TAO for one?"
                  .formatted(Amount.of(rao), now.netuid(), now.hotkey(), Amount.of(now.price())));
        });
  }
}
