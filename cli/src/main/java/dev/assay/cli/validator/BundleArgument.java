package dev.assay.cli.validator;

import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The argument that names a bundle's folder. */
final class BundleArgument {
  private BundleArgument() {}

  /**
   * @throws UsageException if it is none
   */
  static BundleFolder open(Path bundle) {
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
