package dev.assay.cli.wallet;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.KeySecret;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Makes a keyfile from what its owner has: a mnemonic, a seed of 64 hexadecimal digits, a"
          + " plain keyfile, or the address alone.",
      "The secret comes from --secret-file, from ASSAY_WALLET_SECRET or from a prompt, never from"
          + " the command line."
    },
    footer = {
      "",
      "  assay wallet import coldkey --wallet watched --address"
          + " 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
    })
final class WalletImportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;
  @Mixin private WalletOptions options;
  @Mixin private KeyPasswords passwords;

  @Parameters(
      paramLabel = "KEY",
      description = "${COMPLETION-CANDIDATES}: which key of the wallet it becomes.")
  private Which key;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "File that holds the mnemonic, the seed or the plain keyfile.")
  private Path secretFile;

  @Option(
      names = "--address",
      paramLabel = "SS58",
      description = "Store this account without its secret, as on a machine that only watches.")
  private String address;

  @Option(
      names = "--no-password",
      description = "Leave a coldkey's keyfile unencrypted; a hotkey's always is.")
  private boolean noPassword;

  @Option(names = "--overwrite", description = "Replace a key that is there; it is lost.")
  private boolean overwrite;

  /** Which key of a wallet. */
  enum Which {
    COLDKEY,
    HOTKEY
  }

  /** What was stored, and where. */
  record Answer(String wallet, String key, String address, String file, boolean secret) {}

  @Override
  public Integer call() {
    Wallet wallet = options.in(configuration.load()).submit().keys();
    if (address != null && secretFile != null) {
      throw new UsageException("--address and --secret-file are both given; choose one");
    }
    Answer answer =
        KeyFolder.used(() -> address == null ? withSecret(wallet) : withoutSecret(wallet));
    output.print(
        answer,
        () -> List.of("%s  %s  %s".formatted(answer.key(), answer.address(), answer.file())));
    return ExitCode.DONE;
  }

  private Answer withSecret(Wallet wallet) {
    KeySecret secret =
        KeySecret.parse(
            new SecretInput(
                    "mnemonic or seed",
                    "--secret-file",
                    Optional.ofNullable(secretFile),
                    "ASSAY_WALLET_SECRET")
                .existing());
    SecureRandom random = new SecureRandom();
    if (key == Which.HOTKEY) {
      wallet.storeHotkey(secret, Optional.empty(), random, overwrite);
    } else {
      Optional<char[]> password =
          noPassword
              ? Optional.empty()
              : Optional.of(
                  passwords
                      .coldkeyPassword("password of the coldkey " + wallet.name())
                      .fresh()
                      .toCharArray());
      wallet.storeColdkey(secret, password, random, overwrite);
    }
    return answer(
        wallet,
        secret.pair().account(),
        key == Which.HOTKEY ? wallet.hotkeyFile() : wallet.coldkeyFile(),
        true);
  }

  private Answer withoutSecret(Wallet wallet) {
    AccountId account = account(address);
    if (key == Which.HOTKEY) {
      wallet.storeHotkeyAccount(account, overwrite);
    } else {
      wallet.storeColdkeyAccount(account, overwrite);
    }
    return answer(
        wallet,
        account,
        key == Which.HOTKEY ? wallet.hotkeyPublicFile() : wallet.coldkeyPublicFile(),
        false);
  }

  private Answer answer(Wallet wallet, AccountId account, Path file, boolean secret) {
    return new Answer(
        wallet.name(),
        key == Which.HOTKEY ? "hotkey" : "coldkey",
        account.ss58(),
        file.toAbsolutePath().normalize().toString(),
        secret);
  }

  private static AccountId account(String address) {
    try {
      return AccountId.fromSs58(address);
    } catch (IllegalArgumentException malformed) {
      throw new UsageException("--address: " + malformed.getMessage(), malformed);
    }
  }
}
