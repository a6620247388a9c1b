package dev.assay.cli.wallet;

import dev.assay.chain.rpc.Reason;
import dev.assay.cli.terminal.UsageException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** What the folder of wallets refuses is a fault of where the operator put it. */
final class KeyFolder {
  private KeyFolder() {}

  static <T> T used(Supplier<T> action) {
    try {
      return action.get();
    } catch (UncheckedIOException refused) {
      throw new UsageException(
          refused.getMessage() + ": " + Reason.of(refused.getCause()), refused);
    }
  }
}
