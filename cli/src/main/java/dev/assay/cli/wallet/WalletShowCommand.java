package dev.assay.cli.wallet;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.settings.ChainOptions;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.Amount;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "show",
    description = {
      "Shows a wallet's addresses and how its keys are kept; never a secret.",
      "With --balance it asks the chain what the coldkey holds and what the hotkey is on the"
          + " subnet."
    },
    footer = {
      "",
      "  assay wallet show --wallet alice",
      "  assay wallet show --wallet alice --balance"
    })
final class WalletShowCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ChainOptions chain;
  @Mixin private WalletOptions options;

  @Option(names = "--balance", description = "Ask the chain as well.")
  private boolean balance;

  /**
   * A wallet's keys.
   *
   * @param coldkey null where its address isn't here
   * @param onChain null where the chain wasn't asked
   */
  record Answer(
      String wallet,
      String coldkey,
      String coldkeyKept,
      String hotkeyName,
      String hotkey,
      String hotkeyKept,
      OnChain onChain) {}

  /**
   * What the chain knows.
   *
   * @param free of the coldkey, in rao
   * @param stake of the coldkey on the hotkey in this subnet, in rao of its alpha
   * @param uid null where the hotkey isn't registered
   */
  record OnChain(long block, int netuid, long free, long stake, Integer uid, Long registeredAt) {}

  @Override
  public Integer call() {
    AssayConfiguration settings = options.in(chain.load());
    Wallet wallet = settings.submit().keys();
    AccountId hotkey = KeyFolder.used(wallet::hotkeyAccount);
    AccountId coldkey =
        Files.exists(wallet.coldkeyPublicFile()) ? KeyFolder.used(wallet::coldkeyAccount) : null;
    Answer answer =
        new Answer(
            wallet.name(),
            coldkey == null ? null : coldkey.ss58(),
            kept(KeyFolder.used(wallet::coldkeyKept)),
            wallet.hotkeyName(),
            hotkey.ss58(),
            kept(KeyFolder.used(wallet::hotkeyKept)),
            balance ? onChain(settings, coldkey, hotkey) : null);
    output.print(answer, () -> lines(answer));
    return ExitCode.DONE;
  }

  private static String kept(Wallet.Kept kept) {
    return kept.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static OnChain onChain(AssayConfiguration settings, AccountId coldkey, AccountId hotkey) {
    int netuid = settings.chain().netuid();
    try (Subtensor subtensor = ChainAccess.connect(settings)) {
      BlockView block = subtensor.at(subtensor.finalizedHead());
      ChainAccess.requireSubnet(block, "the netuid", netuid);
      Neuron neuron = block.metagraph(netuid).neuron(hotkey).orElse(null);
      return new OnChain(
          block.number(),
          netuid,
          coldkey == null ? 0 : block.balance(coldkey).free(),
          coldkey == null ? 0 : block.stake(hotkey, coldkey, netuid),
          neuron == null ? null : neuron.uid(),
          neuron == null ? null : neuron.blockAtRegistration());
    }
  }

  private static List<String> lines(Answer answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "coldkey  %s  %s"
            .formatted(
                answer.coldkey() == null ? "its address is not here" : answer.coldkey(),
                answer.coldkeyKept()));
    lines.add(
        "hotkey   %s  %s, %s".formatted(answer.hotkey(), answer.hotkeyName(), answer.hotkeyKept()));
    OnChain known = answer.onChain();
    if (known != null) {
      lines.add("holds    %s TAO at block %d".formatted(Amount.of(known.free()), known.block()));
      lines.add("stake    %s of subnet %d".formatted(Amount.of(known.stake()), known.netuid()));
      lines.add(
          known.uid() == null
              ? "the hotkey is not registered on subnet " + known.netuid()
              : "uid      %d on subnet %d, since block %d"
                  .formatted(known.uid(), known.netuid(), known.registeredAt()));
    }
    return lines;
  }
}
