package dev.assay.cli.demo;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.localnet.Localnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The demo's configuration files, one for each validator, as an operator would write them. */
final class DemoConfiguration {
  /** Blocks of a window: two of them hold the commitments and the samples that follow. */
  static final int WINDOW = 40;

  private final Path folder;
  private final Localnet localnet;
  private final int netuid;

  DemoConfiguration(Path folder, Localnet localnet, int netuid) {
    this.folder = folder;
    this.localnet = localnet;
    this.netuid = netuid;
  }

  /** Writes the validator's file and reads it as any command does. */
  AssayConfiguration of(Participant validator) throws IOException {
    Path file = folder.resolve(validator.name() + ".yaml");
    Files.writeString(file, text(validator));
    return AssayConfiguration.load(file, Map.of());
  }

  private String text(Participant validator) {
    return """
    chain:
      endpoints: ["%s"]
      netuid: %d
      poll_milliseconds: 50
    hub:
      endpoint: "%s"
    feed:
      endpoint: "%s"
    window:
      blocks: %d
    evaluation:
      competitions: competitions-demo.yaml
      cache: "%s"
    spark:
      executor_memory_mb: 512
    submit:
      wallets: "%s"
      wallet: %s
      hotkey: default
    paths:
      warehouse: "%s"
      bundles: "%s"
    """
        .formatted(
            localnet.chain(),
            netuid,
            localnet.hub(),
            localnet.feed(),
            WINDOW,
            folder.resolve("cache"),
            wallets(),
            validator.name(),
            folder.resolve("tables"),
            folder.resolve("bundles"));
  }

  Path wallets() {
    return folder.resolve("wallets");
  }
}
