package dev.assay.cli.bench.cluster;

import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An empty folder in an object store.
 *
 * @param address {@code s3a://BUCKET/FOLDER}
 * @param endpoint of a store of one's own, with buckets in the path; empty for Amazon's
 */
record Bucket(String address, Optional<URI> endpoint) {
  /**
   * A warehouse there, whose catalog is a file on this machine.
   *
   * @throws UsageException if it is no address of an object store
   */
  WarehouseSettings warehouse(Path catalog) {
    if (!S3Settings.isAddress(address)) {
      throw new UsageException("--s3 is no address of an object store; s3a://BUCKET/FOLDER");
    }
    try {
      return new WarehouseSettings(
          address,
          new CatalogSettings("jdbc", "jdbc:sqlite:" + catalog, "", "", "bench"),
          endpoint.map(own -> new S3Settings(own.toString(), "", true)).orElse(S3Settings.AMAZON));
    } catch (IllegalArgumentException refused) {
      throw new UsageException(refused.getMessage(), refused);
    }
  }
}
