package dev.assay.cli.wallet;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sign",
    description = {
      "Signs a message with the hotkey, or with the coldkey: sr25519, as btcli and the SDK do.",
      "Sign only what you have read: a signature can't be taken back."
    },
    footer = {"", "  assay wallet sign --wallet alice --message 'It is me.'"})
final class WalletSignCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;
  @Mixin private WalletOptions options;
  @Mixin private KeyPasswords passwords;
  @Mixin private MessageOptions message;

  @Option(names = "--coldkey", description = "Sign with the coldkey (default: with the hotkey).")
  private boolean coldkey;

  /** Who signed, and the signature in hexadecimal digits. */
  record Answer(String address, String signature) {}

  @Override
  public Integer call() {
    byte[] bytes = message.bytes();
    Wallet wallet = options.in(configuration.load()).submit().keys();
    Keypair pair =
        KeyFolder.used(() -> coldkey ? passwords.coldkey(wallet) : passwords.hotkey(wallet));
    Answer answer =
        new Answer(pair.account().ss58(), "0x" + HexFormat.of().formatHex(pair.sign(bytes)));
    output.print(
        answer,
        () -> List.of("address    " + answer.address(), "signature  " + answer.signature()));
    return ExitCode.DONE;
  }
}
