package dev.assay.jobs;

import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.subtensor.ConnectOptions;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.config.AssayConfiguration;
import java.net.URI;
import java.time.Duration;

/** Connects to the configured chain. */
public final class ChainAccess {
  private ChainAccess() {}

  /** A connection that counts an extrinsic as included once its block is final. */
  public static Subtensor connect(AssayConfiguration configuration) {
    Patience patience =
        new Patience(
            Duration.ofMillis(configuration.chain().pollMilliseconds()),
            Duration.ofSeconds(configuration.submit().finalityTimeoutSeconds()),
            true);
    return Subtensor.connect(
        configuration.chain().endpoints().stream().map(URI::create).toList(),
        ConnectOptions.DEFAULT
            .withPatience(patience)
            .withEraPeriod(configuration.submit().eraBlocks()));
  }
}
