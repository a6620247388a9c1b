package dev.assay.cli.wallet;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.BlockView;
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
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What adding and removing stake have in common: whose, at which price, asked for and sent. */
final class StakeChange {
  @Mixin private Output output;
  @Mixin private ChainOptions chain;
  @Mixin private WalletOptions options;
  @Mixin private KeyPasswords passwords;
  @Mixin private Confirmation confirmation;

  @Option(
      names = "--to",
      paramLabel = "SS58",
      description = "The hotkey (default: the wallet's own).")
  private String to;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description =
          "How far the price may move until it takes effect, 0 to 1; else nothing happens"
              + " (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  /** Makes the call, of what is to be done and the question that it needs. */
  interface Change {
    Plan plan(Standing standing);
  }

  /**
   * How things stand before.
   *
   * @param price of one alpha, in rao
   * @param free of the coldkey, in rao
   * @param stake of the coldkey on the hotkey, in rao of alpha
   */
  record Standing(AccountId hotkey, int netuid, long price, long free, long stake) {}

  record Plan(Call call, String question) {}

  /** What became of it; {@code stake} is what the coldkey then has on the hotkey. */
  record Answer(int netuid, String hotkey, long block, long stake) {}

  int run(Change change) {
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new UsageException("--tolerance is " + tolerance + "; from 0 to 1");
    }
    AssayConfiguration settings = options.in(chain.load());
    Wallet wallet = settings.submit().keys();
    int netuid = settings.chain().netuid();
    AccountId coldkey = KeyFolder.used(wallet::coldkeyAccount);
    AccountId hotkey = to == null ? KeyFolder.used(wallet::hotkeyAccount) : account();
    try (Subtensor subtensor = ChainAccess.connect(settings)) {
      BlockView before = subtensor.at(subtensor.finalizedHead());
      ChainAccess.requireSubnet(before, "the netuid", netuid);
      Plan plan =
          change.plan(
              new Standing(
                  hotkey,
                  netuid,
                  before.alphaPrice(netuid),
                  before.balance(coldkey).free(),
                  before.stake(hotkey, coldkey, netuid)));
      if (!confirmation.given(plan.question())) {
        Console.standardError().line("nothing was done");
        return ExitCode.NOTHING_TO_DO;
      }
      long block =
          Sent.done(
                  subtensor.submit(plan.call(), KeyFolder.used(() -> passwords.coldkey(wallet))),
                  "the change of stake")
              .number();
      long stake = subtensor.at(block).stake(hotkey, coldkey, netuid);
      Answer answer = new Answer(netuid, hotkey.ss58(), block, stake);
      output.print(
          answer,
          () ->
              List.of(
                  "block %d: %s alpha of subnet %d on %s"
                      .formatted(block, Amount.of(stake), netuid, hotkey)));
      return ExitCode.DONE;
    }
  }

  /** The highest price that is accepted. */
  long atMost(long price) {
    return (long) (price * (1 + tolerance));
  }

  /** The lowest price that is accepted. */
  long atLeast(long price) {
    return (long) (price * (1 - tolerance));
  }

  private AccountId account() {
    try {
      return AccountId.fromSs58(to);
    } catch (IllegalArgumentException malformed) {
      throw new UsageException("--to: " + malformed.getMessage(), malformed);
    }
  }
}
