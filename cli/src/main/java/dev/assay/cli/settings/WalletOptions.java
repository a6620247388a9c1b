package dev.assay.cli.settings;

import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.SubmitSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which wallet and which of its hotkeys: by a configuration, or by options that go before it. */
public final class WalletOptions {
  @Option(
      names = "--wallets",
      paramLabel = "DIR",
      description = "Folder of wallets (default: configured, ~/.bittensor/wallets).")
  private Path wallets;

  @Option(
      names = "--wallet",
      paramLabel = "NAME",
      description = "Name of the wallet (default: configured).")
  private String wallet;

  @Option(
      names = "--hotkey",
      paramLabel = "NAME",
      description = "Name of the wallet's hotkey (default: configured).")
  private String hotkey;

  /** The settings with the options in place of what they replace. */
  public AssayConfiguration in(AssayConfiguration settings) {
    return new AssayConfiguration(
        settings.chain(),
        settings.hub(),
        settings.feed(),
        settings.window(),
        settings.evaluation(),
        settings.spark(),
        submit(settings.submit()),
        settings.paths(),
        settings.catalog(),
        settings.s3(),
        settings.validator(),
        settings.competitions(),
        settings.secrets());
  }

  private SubmitSettings submit(SubmitSettings configured) {
    try {
      return configured.with(
          wallets == null ? configured.wallets() : wallets.toString(),
          wallet == null ? configured.wallet() : wallet,
          hotkey == null ? configured.hotkey() : hotkey);
    } catch (IllegalArgumentException unusable) {
      throw new UsageException(
          "--wallets, --wallet or --hotkey: " + unusable.getMessage(), unusable);
    }
  }
}
