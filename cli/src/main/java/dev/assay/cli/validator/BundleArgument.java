package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The argument that names a bundle. */
final class BundleArgument {
  @Parameters(
      paramLabel = "BUNDLE",
      description =
          "The bundle's folder; or, of those under paths.bundles, the evaluation's id, its first"
              + " digits, or latest.")
  private Path bundle;

  @Mixin private ConfigurationOption configuration;

  /**
   * @throws UsageException if it is none
   */
  BundleFolder open() {
    if (!Files.exists(bundle) && Bundles.isName(bundle.toString())) {
      return new Bundles(Path.of(configuration.load().paths().bundles())).named(bundle.toString());
    }
    if (!Files.isDirectory(bundle)) {
      throw new UsageException(bundle + " is not a folder; name the folder of a bundle");
    }
    if (!Files.isRegularFile(bundle.resolve(Bundle.MANIFEST))) {
      throw new UsageException(
          bundle + " is not a bundle: it has no " + Bundle.MANIFEST + "; name the folder of one");
    }
    return new BundleFolder(bundle.toAbsolutePath().normalize());
  }
}
