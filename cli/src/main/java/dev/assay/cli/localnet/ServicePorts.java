package dev.assay.cli.localnet;

import dev.assay.cli.terminal.Ranges;
import picocli.CommandLine.Option;

/** The ports of the local chain, hub and feed; 0 means a free one. */
public final class ServicePorts {
  @Option(
      names = "--chain-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the local chain (default: a free one).")
  private int chain;

  @Option(
      names = "--hub-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the local hub (default: a free one).")
  private int hub;

  @Option(
      names = "--feed-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the sample feed (default: a free one).")
  private int feed;

  /**
   * Refuses what can't be a port.
   *
   * @throws dev.assay.cli.terminal.UsageException naming the option and the bounds
   */
  public void requireBounds() {
    Ranges.port("--chain-port", chain);
    Ranges.port("--hub-port", hub);
    Ranges.port("--feed-port", feed);
  }

  public int chain() {
    return chain;
  }

  public int hub() {
    return hub;
  }

  public int feed() {
    return feed;
  }
}
