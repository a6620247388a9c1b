package dev.assay.cli.chain;

import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.failure.PrunedState;
import dev.assay.cli.settings.ChainOptions;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is read, of which chain, at which block: the options of every command of this room. */
final class ChainReading {
  @Mixin private ChainOptions chain;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "State after this block (default: the newest final block).")
  private Long block;

  /** Reads something of the subnet at one block. */
  interface Question<T> {
    T of(BlockView block, int netuid, int mechanism);
  }

  <T> T read(Question<T> question) {
    Ranges.block("--block", block);
    AssayConfiguration settings = chain.load();
    try (Subtensor subtensor = ChainAccess.connect(settings)) {
      BlockView view =
          block == null ? subtensor.at(subtensor.finalizedHead()) : subtensor.at(block);
      ChainAccess.requireSubnet(view, "the netuid", settings.chain().netuid());
      return question.of(view, settings.chain().netuid(), settings.chain().mechanism());
    } catch (RpcErrorException refused) {
      if (PrunedState.explains(refused)) {
        throw new UsageException("--block: " + PrunedState.ADVICE, refused);
      }
      throw refused;
    }
  }
}
