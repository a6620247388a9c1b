package dev.assay.cli.wallet;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.chain.Sent;
import dev.assay.cli.settings.ChainOptions;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.Amount;
import dev.assay.cli.terminal.Confirmation;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "register",
    description = {
      "Registers a wallet's hotkey on a subnet, at the subnet's price, which the coldkey pays.",
      "It shows the price and asks. The price is not paid back; on a full subnet a new member takes"
          + " the place of the one that earned least and is no longer immune."
    },
    footer = {
      "",
      "  assay register --wallet bob --netuid 6 --max-burn 2 --yes",
      "",
      "A hotkey that is registered already ends with exit code 3; a price above --max-burn with 75."
    })
public final class RegisterCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ChainOptions chain;
  @Mixin private WalletOptions options;
  @Mixin private KeyPasswords passwords;
  @Mixin private Confirmation confirmation;

  @Option(
      names = "--max-burn",
      paramLabel = "TAO",
      description = "Don't pay more than this (default: the price that is shown).")
  private String maxBurn;

  /**
   * A registration.
   *
   * @param price in rao, when it was read; 0 where the hotkey was registered already
   * @param block that holds the registration
   */
  record Answer(int netuid, String hotkey, int uid, long price, long block) {}

  @Override
  public Integer call() {
    Optional<Long> most = Optional.ofNullable(maxBurn).map(word -> Amount.rao("--max-burn", word));
    AssayConfiguration settings = options.in(chain.load());
    Wallet wallet = settings.submit().keys();
    int netuid = settings.chain().netuid();
    AccountId hotkey = KeyFolder.used(wallet::hotkeyAccount);
    try (Subtensor subtensor = ChainAccess.connect(settings)) {
      BlockView before = subtensor.at(subtensor.finalizedHead());
      ChainAccess.requireSubnet(before, "the netuid", netuid);
      Optional<Neuron> known = before.metagraph(netuid).neuron(hotkey);
      if (known.isPresent()) {
        Neuron neuron = known.get();
        print(new Answer(netuid, hotkey.ss58(), neuron.uid(), 0, neuron.blockAtRegistration()));
        return ExitCode.NOTHING_TO_DO;
      }
      long price = before.registrationPrice(netuid);
      requireAffordable(before, wallet, price, most);
      if (!confirmation.given(
          "Register %s on subnet %d for %s TAO?".formatted(hotkey, netuid, Amount.of(price)))) {
        Console.standardError().line("nothing was done");
        return ExitCode.NOTHING_TO_DO;
      }
      Call call = call(before, netuid, hotkey, most.orElse(price));
      Outcome outcome = subtensor.submit(call, KeyFolder.used(() -> passwords.coldkey(wallet)));
      long block = Sent.done(outcome, "the registration").number();
      int uid = subtensor.at(block).metagraph(netuid).neuron(hotkey).map(Neuron::uid).orElseThrow();
      print(new Answer(netuid, hotkey.ss58(), uid, price, block));
      return ExitCode.DONE;
    }
  }

  /** A runtime that can keeps to the price that was agreed to; an older one takes any. */
  private static Call call(BlockView block, int netuid, AccountId hotkey, long most) {
    return block.metadata().hasCall("SubtensorModule", "register_limit")
        ? Calls.registerLimit(netuid, hotkey, most)
        : Calls.burnedRegister(netuid, hotkey);
  }

  private static void requireAffordable(
      BlockView block, Wallet wallet, long price, Optional<Long> most) {
    if (most.isPresent() && price > most.get()) {
      throw new NotReadyException(
          ("a registration costs %s TAO now, more than the %s of --max-burn; the price falls while"
                  + " nobody registers")
              .formatted(Amount.of(price), Amount.of(most.get())));
    }
    AccountId coldkey = KeyFolder.used(wallet::coldkeyAccount);
    long free = block.balance(coldkey).free();
    if (free < price) {
      throw new UsageException(
          "the coldkey %s holds %s TAO and a registration costs %s; send it more"
              .formatted(coldkey, Amount.of(free), Amount.of(price)));
    }
  }

  private void print(Answer answer) {
    output.print(
        answer,
        () ->
            List.of(
                answer.price() == 0
                    ? "%s is registered already: uid %d on subnet %d since block %d"
                        .formatted(answer.hotkey(), answer.uid(), answer.netuid(), answer.block())
                    : "%s is uid %d on subnet %d from block %d on, for %s TAO"
                        .formatted(
                            answer.hotkey(),
                            answer.uid(),
                            answer.netuid(),
                            answer.block(),
                            Amount.of(answer.price()))));
  }
}
