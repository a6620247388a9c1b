package dev.assay.cli.settings;

import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ChainSettings;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which chain and which subnet: by a configuration, or by options that go before it. */
public final class ChainOptions {
  @Mixin private ConfigurationOption configuration;
  @Mixin private SubnetOption subnet;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "The chain's endpoint, http, https, ws or wss; may be repeated (default: configured).")
  private List<String> endpoints = List.of();

  /** The settings with the options in place of what they replace. */
  public AssayConfiguration load() {
    subnet.requireBounds();
    AssayConfiguration settings = configuration.load();
    return new AssayConfiguration(
        chain(settings),
        settings.hub(),
        settings.feed(),
        settings.window(),
        settings.evaluation(),
        settings.spark(),
        settings.submit(),
        settings.paths(),
        settings.catalog(),
        settings.s3(),
        settings.validator(),
        settings.competitions(),
        settings.secrets());
  }

  private ChainSettings chain(AssayConfiguration settings) {
    List<String> asked = endpoints.isEmpty() ? settings.chain().endpoints() : endpoints;
    try {
      return new ChainSettings(
          asked, subnet.netuid(settings), subnet.mechanism(settings), settings.chain().poll());
    } catch (IllegalArgumentException unusable) {
      throw new UsageException("--endpoint: " + unusable.getMessage(), unusable);
    }
  }
}
