package dev.assay.cli.wallet;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Opens a wallet's keys; a password is asked for only where a keyfile is encrypted. */
public final class KeyPasswords {
  static final String COLDKEY_VARIABLE = "ASSAY_COLDKEY_PASSWORD";
  static final String HOTKEY_VARIABLE = "ASSAY_HOTKEY_PASSWORD";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "File that holds the keyfile's password (default: ASSAY_COLDKEY_PASSWORD or"
              + " ASSAY_HOTKEY_PASSWORD, else a prompt).")
  private Path file;

  /** The coldkey, which holds the money. */
  public Keypair coldkey(Wallet wallet) {
    return wallet.coldkey(
        () -> coldkeyPassword("password of the coldkey " + wallet.name()).existing().toCharArray());
  }

  /** The hotkey, which acts on the subnet. */
  public Keypair hotkey(Wallet wallet) {
    return wallet.hotkey(
        () ->
            new SecretInput(
                    "password of the hotkey " + wallet.hotkeyName(),
                    "--password-file",
                    Optional.ofNullable(file),
                    HOTKEY_VARIABLE)
                .existing()
                .toCharArray());
  }

  SecretInput coldkeyPassword(String what) {
    return new SecretInput(what, "--password-file", Optional.ofNullable(file), COLDKEY_VARIABLE);
  }
}
