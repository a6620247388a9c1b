package dev.assay.jobs.submit;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;

/** The hotkey that signs weights, from its keyfile. */
public final class ValidatorKey {
  private ValidatorKey() {}

  /**
   * Reads it; an encrypted keyfile needs {@code ASSAY_HOTKEY_PASSWORD}.
   *
   * @throws dev.assay.chain.keys.KeyfileException if the keyfile cannot be used
   * @throws ConfigurationException if it is encrypted and there is no password
   */
  public static Keypair read(AssayConfiguration configuration) {
    return configuration
        .submit()
        .keys()
        .hotkey(
            () ->
                configuration
                    .secrets()
                    .hotkeyPassword()
                    .orElseThrow(
                        () ->
                            new ConfigurationException(
                                "the hotkey is encrypted; set ASSAY_HOTKEY_PASSWORD"))
                    .toCharArray());
  }

  /**
   * Its account, from the file beside it that holds no secret.
   *
   * @throws dev.assay.chain.keys.KeyfileException if that file cannot be used
   */
  public static AccountId account(AssayConfiguration configuration) {
    return configuration.submit().keys().hotkeyAccount();
  }
}
