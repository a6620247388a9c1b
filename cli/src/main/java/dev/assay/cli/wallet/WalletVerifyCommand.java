package dev.assay.cli.wallet;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Sr25519;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = {
      "Checks that an account signed a message; needs no wallet.",
      "It ends with 0 if so, and with 1 if not."
    })
final class WalletVerifyCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private MessageOptions message;

  @Option(
      names = "--address",
      paramLabel = "SS58",
      required = true,
      description = "The account that is said to have signed.")
  private String address;

  @Option(
      names = "--signature",
      paramLabel = "HEX",
      required = true,
      description = "The signature: 128 hexadecimal digits, with or without 0x.")
  private String signature;

  /** Whether the account signed the message. */
  record Answer(String address, boolean valid) {}

  @Override
  public Integer call() {
    byte[] bytes = message.bytes();
    AccountId account = account();
    if (!signature.matches("(0x)?[0-9a-fA-F]{128}")) {
      throw new UsageException("--signature is not 128 hexadecimal digits");
    }
    byte[] signed =
        HexFormat.of().parseHex(signature.startsWith("0x") ? signature.substring(2) : signature);
    boolean valid = Sr25519.verify(account, bytes, signed);
    output.print(
        new Answer(account.ss58(), valid),
        () ->
            List.of((valid ? "valid: signed by " : "not valid: not signed by ") + account.ss58()));
    return valid ? ExitCode.DONE : ExitCode.FAILED;
  }

  private AccountId account() {
    try {
      return AccountId.fromSs58(address);
    } catch (IllegalArgumentException malformed) {
      throw new UsageException("--address: " + malformed.getMessage(), malformed);
    }
  }
}
