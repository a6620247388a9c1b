package dev.assay.cli.settings;

import dev.assay.jobs.config.AssayConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names an operator's settings. */
public final class ConfigurationOption {
  private static final Path USUAL = Path.of("conf", "assay.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings that differ from the defaults in conf/assay.yaml (default: that file, if it"
              + " exists).")
  private Path file;

  /** The named file's settings, else the usual one's, else the shipped defaults. */
  public AssayConfiguration load() {
    if (file != null) {
      return AssayConfiguration.load(file, System.getenv());
    }
    return Files.exists(USUAL)
        ? AssayConfiguration.load(USUAL, System.getenv())
        : AssayConfiguration.defaults(System.getenv());
  }
}
