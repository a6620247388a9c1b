package dev.assay.cli.settings;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.cli.terminal.Ranges;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import picocli.CommandLine.Option;

/** The option that names a subnet other than the configured one. */
public final class SubnetOption {
  @Option(names = "--netuid", paramLabel = "N", description = "The subnet (default: configured).")
  private Integer netuid;

  /** Refuses what can't be a subnet's number. */
  public void requireBounds() {
    Ranges.netuid("--netuid", netuid);
  }

  /** The subnet that is meant: the option's, else the configured one. */
  public int netuid(AssayConfiguration settings) {
    return netuid == null ? settings.chain().netuid() : netuid;
  }

  /** The configured mechanism belongs to the configured subnet; of any other it is the first. */
  public int mechanism(AssayConfiguration settings) {
    return netuid == null ? settings.chain().mechanism() : 0;
  }

  /** Refuses a subnet that the chain doesn't have at this block. */
  public void requireIn(BlockView block, AssayConfiguration settings) {
    ChainAccess.requireSubnet(
        block, netuid == null ? "chain.netuid" : "--netuid", netuid(settings));
  }
}
