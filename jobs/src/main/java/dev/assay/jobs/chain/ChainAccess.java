package dev.assay.jobs.chain;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import java.net.URI;

/** Connects to the configured chain. */
public final class ChainAccess {
  private ChainAccess() {}

  /**
   * Refuses a netuid that the chain has no subnet of.
   *
   * @param key what the operator gave it by
   * @throws ConfigurationException naming the key
   */
  public static void requireSubnet(BlockView block, String key, int netuid) {
    if (!block.hasSubnet(netuid)) {
      throw new ConfigurationException(
          key + " is " + netuid + "; the chain has no such subnet at block " + block.number());
    }
  }

  /** A connection that counts an extrinsic as included once its block is final. */
  public static Subtensor connect(AssayConfiguration configuration) {
    Patience patience =
        new Patience(configuration.chain().poll(), configuration.submit().finalityTimeout(), true);
    return Subtensor.connect(
        configuration.chain().endpoints().stream().map(URI::create).toList(),
        ConnectOptions.DEFAULT
            .withPatience(patience)
            .withEraPeriod(configuration.submit().eraBlocks()));
  }
}
