package dev.assay.cli.localnet;

import dev.assay.chain.rpc.Reason;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.settings.ChainOptions;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Mixin;

/** Which localnet and which wallet: as {@code localnet up} wrote the configuration. */
final class LocalnetTarget {
  @Mixin private ChainOptions chain;
  @Mixin private WalletOptions wallet;

  AssayConfiguration settings() {
    return wallet.in(chain.load());
  }

  /** What is done with the localnet's subnet. */
  interface Work<T> {
    T with(AssayConfiguration settings, Subtensor chain, Newcomers newcomers)
        throws IOException, InterruptedException;
  }

  <T> T run(Work<T> work) throws IOException, InterruptedException {
    AssayConfiguration settings = settings();
    int netuid = settings.chain().netuid();
    try (Subtensor subtensor = ChainAccess.connect(settings)) {
      ChainAccess.requireSubnet(subtensor.at(subtensor.finalizedHead()), "the netuid", netuid);
      return work.with(settings, subtensor, new Newcomers(subtensor, netuid));
    } catch (UncheckedIOException refused) {
      throw new UsageException(
          refused.getMessage() + ": " + Reason.of(refused.getCause()), refused);
    }
  }
}
