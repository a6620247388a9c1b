package dev.assay.cli.wallet;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.KeySecret;
import dev.assay.chain.keys.Mnemonic;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Keyboard;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "new",
    description = {
      "Makes a new wallet: a coldkey under a password, and a hotkey. Of a wallet that has a"
          + " coldkey, it makes another hotkey.",
      "At a terminal it shows the twelve words of each key once, from which the key can be made"
          + " again: write them down on paper. The hotkey's keyfile has no password, since a"
          + " validator or miner uses it unattended."
    },
    footer = {
      "",
      "  assay wallet new --wallet miner --no-password   a coldkey without a password, for tests",
      "",
      "The password comes from a prompt, from --password-file or from ASSAY_COLDKEY_PASSWORD."
    })
final class WalletNewCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;
  @Mixin private WalletOptions options;
  @Mixin private KeyPasswords passwords;

  @Option(names = "--no-password", description = "Leave the coldkey's keyfile unencrypted.")
  private boolean noPassword;

  @Option(names = "--overwrite", description = "Replace keys that are there; they are lost.")
  private boolean overwrite;

  /**
   * What was made.
   *
   * @param newColdkey whether the coldkey is new, or was there
   */
  record Answer(
      String wallet,
      String coldkey,
      boolean newColdkey,
      String hotkeyName,
      String hotkey,
      String coldkeyFile,
      String hotkeyFile) {}

  @Override
  public Integer call() {
    Wallet wallet = options.in(configuration.load()).submit().keys();
    requireFree(wallet);
    SecureRandom random = new SecureRandom();
    boolean newColdkey = overwrite || !hasColdkey(wallet);
    if (newColdkey) {
      Optional<char[]> password =
          noPassword
              ? Optional.empty()
              : Optional.of(
                  passwords
                      .coldkeyPassword("password of the coldkey " + wallet.name())
                      .fresh()
                      .toCharArray());
      Mnemonic words = Mnemonic.generate(random);
      stored(() -> wallet.storeColdkey(KeySecret.of(words), password, random, overwrite));
      show("coldkey " + wallet.name(), words);
    }
    Mnemonic words = Mnemonic.generate(random);
    stored(() -> wallet.storeHotkey(KeySecret.of(words), Optional.empty(), random, overwrite));
    show("hotkey " + wallet.hotkeyName(), words);
    print(wallet, newColdkey);
    return ExitCode.DONE;
  }

  /** Nothing is made where one of the two can't be. */
  private void requireFree(Wallet wallet) {
    if (!overwrite
        && (Files.exists(wallet.hotkeyFile()) || Files.exists(wallet.hotkeyPublicFile()))) {
      throw new UsageException(
          "the wallet %s has a hotkey %s already; name another by --hotkey, or --overwrite it"
              .formatted(wallet.name(), wallet.hotkeyName()));
    }
  }

  private static boolean hasColdkey(Wallet wallet) {
    return Files.exists(wallet.coldkeyFile()) || Files.exists(wallet.coldkeyPublicFile());
  }

  private static void stored(Runnable action) {
    KeyFolder.used(
        () -> {
          action.run();
          return null;
        });
  }

  /** Straight to the terminal, never into a file or a pipe. */
  private static void show(String key, Mnemonic words) {
    Keyboard.found()
        .ifPresent(
            console ->
                console.printf(
                    "The words of the %s, shown this once:%n%n  %s%n%n", key, words.phrase()));
  }

  private void print(Wallet wallet, boolean newColdkey) {
    AccountId coldkey = KeyFolder.used(wallet::coldkeyAccount);
    Path coldkeyFile = wallet.coldkeyFile().toAbsolutePath().normalize();
    Path hotkeyFile = wallet.hotkeyFile().toAbsolutePath().normalize();
    Answer answer =
        new Answer(
            wallet.name(),
            coldkey.ss58(),
            newColdkey,
            wallet.hotkeyName(),
            KeyFolder.used(wallet::hotkeyAccount).ss58(),
            coldkeyFile.toString(),
            hotkeyFile.toString());
    output.print(answer, () -> lines(answer));
  }

  private static List<String> lines(Answer answer) {
    List<String> lines = new ArrayList<>();
    lines.add("coldkey  %s  %s".formatted(answer.coldkey(), answer.coldkeyFile()));
    lines.add("hotkey   %s  %s".formatted(answer.hotkey(), answer.hotkeyFile()));
    if (Keyboard.found().isEmpty()) {
      lines.add("There is no terminal to show the words at: keep a copy of both keyfiles.");
    }
    return lines;
  }
}
