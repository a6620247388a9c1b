package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.storage.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The argument that names a bundle. */
final class BundleArgument {
  @Parameters(
      paramLabel = "BUNDLE",
      description =
          "The bundle's folder, or s3a: address of one; or, of those under paths.bundles, the"
              + " evaluation's id, its first digits, or latest.")
  private String named;

  @Mixin private ConfigurationOption configuration;

  /**
   * @throws UsageException if it is none
   */
  BundleFolder open() {
    if (S3Settings.isAddress(named)) {
      return inBucket();
    }
    Path bundle = Path.of(named);
    if (!Files.exists(bundle) && Bundles.isName(named)) {
      return Bundles.of(configuration.load()).named(named);
    }
    if (!Files.isDirectory(bundle)) {
      throw new UsageException(bundle + " is not a folder; name the folder of a bundle");
    }
    return whole(new BundleFolder(bundle.toAbsolutePath().normalize()));
  }

  private BundleFolder inBucket() {
    String address = named.replaceFirst("/+$", "");
    S3Settings.wrongFolder("BUNDLE", address)
        .ifPresent(
            wrong -> {
              throw new UsageException(wrong);
            });
    int end = address.lastIndexOf('/');
    Place bundles =
        Place.at(address.substring(0, end), configuration.load().s3(), new Configuration());
    return whole(new BundleFolder(bundles.objects(address.substring(end + 1))));
  }

  private static BundleFolder whole(BundleFolder bundle) {
    if (!bundle.exists()) {
      throw new UsageException(
          bundle.address()
              + " is not a bundle: it has no "
              + Bundle.MANIFEST
              + "; name the folder of one");
    }
    return bundle;
  }
}
