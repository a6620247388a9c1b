package dev.assay.cli.validator;

import dev.assay.jobs.config.AssayConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that all commands of a validator share. */
final class ConfigurationOption {
  private static final Path USUAL = Path.of("conf", "assay.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings that differ from the defaults in conf/assay.yaml (default: that file, if it"
              + " exists).")
  private Path file;

  AssayConfiguration load() {
    if (file != null) {
      return AssayConfiguration.load(file, System.getenv());
    }
    return Files.exists(USUAL)
        ? AssayConfiguration.load(USUAL, System.getenv())
        : AssayConfiguration.defaults();
  }
}
