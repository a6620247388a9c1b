package dev.assay.cli.wallet;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.KeyfileException;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.Cell;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Listing;
import dev.assay.cli.terminal.Listing.Kind;
import dev.assay.cli.terminal.ListingOutput;
import dev.assay.cli.terminal.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "Shows all wallets of a folder, their keys' addresses and how they are kept.",
    footer = {"", "  assay wallet list"})
final class WalletListCommand implements Callable<Integer> {
  @Mixin private ListingOutput output;
  @Mixin private ConfigurationOption configuration;
  @Mixin private WalletOptions options;

  /** All keys, by wallet, the coldkey first. */
  record Answer(String wallets, List<Key> keys) {}

  /**
   * One key.
   *
   * @param hotkey its name; null for the coldkey
   * @param kept plain, encrypted, or address only
   * @param problem why it can't be used; null where it can
   */
  record Key(String wallet, String hotkey, String address, String kept, String problem) {}

  @Override
  public Integer call() {
    Path root = options.in(configuration.load()).submit().keys().root();
    List<Key> keys = new ArrayList<>();
    for (Wallet wallet : KeyFolder.used(() -> Wallet.in(root))) {
      keys.add(key(wallet, null));
      for (Wallet hotkey : KeyFolder.used(wallet::withEachHotkey)) {
        keys.add(key(hotkey, hotkey.hotkeyName()));
      }
    }
    output.print(
        new Answer(root.toString(), keys),
        List.of(keys.isEmpty() ? "no wallet in " + root : root.toString()),
        listing(keys));
    return keys.isEmpty() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
  }

  private static Key key(Wallet wallet, String hotkey) {
    Supplier<AccountId> account = hotkey == null ? wallet::coldkeyAccount : wallet::hotkeyAccount;
    Supplier<Wallet.Kept> kept = hotkey == null ? wallet::coldkeyKept : wallet::hotkeyKept;
    try {
      return new Key(
          wallet.name(),
          hotkey,
          KeyFolder.used(account).ss58(),
          KeyFolder.used(kept).name().toLowerCase(Locale.ROOT).replace('_', ' '),
          null);
    } catch (KeyfileException | UsageException unusable) {
      return new Key(wallet.name(), hotkey, null, null, unusable.getMessage());
    }
  }

  private static Listing listing(List<Key> keys) {
    Listing listing =
        new Listing()
            .column("wallet", Kind.TEXT)
            .column("hotkey", Kind.TEXT)
            .column("address", Kind.ACCOUNT)
            .column("kept", Kind.TEXT);
    for (Key key : keys) {
      listing.row(
          Cell.of(key.wallet()),
          key.hotkey() == null ? Cell.none() : Cell.of(key.hotkey()),
          key.address() == null ? Cell.none() : Cell.of(key.address()),
          Cell.of(key.problem() == null ? key.kept() : key.problem()));
    }
    return listing;
  }
}
