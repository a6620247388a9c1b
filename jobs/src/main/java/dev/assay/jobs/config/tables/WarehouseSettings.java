package dev.assay.jobs.config.tables;

import java.util.Locale;
import java.util.Set;

/**
 * Where a validator's tables are, and what remembers their newest states.
 *
 * @param location {@code paths.warehouse}: a folder, or the address of one
 * @param catalog what remembers
 * @param s3 the object store, where the address is one's
 */
public record WarehouseSettings(String location, CatalogSettings catalog, S3Settings s3) {
  /** In which a rename is a copy, so that two drivers both believe that they have committed. */
  private static final Set<String> OTHER_STORES =
      Set.of("s3", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs");

  public WarehouseSettings {
    int end = location.indexOf("://");
    String scheme = end > 0 ? location.substring(0, end).toLowerCase(Locale.ROOT) : "";
    if (OTHER_STORES.contains(scheme)) {
      throw new IllegalArgumentException(
          "paths.warehouse is %s, an object store that nothing here writes to; give it a"
                  .formatted(location)
              + " folder, or s3a://BUCKET/FOLDER");
    }
    if (scheme.equals("s3a") && !catalog.inDatabase()) {
      throw new IllegalArgumentException(
          "paths.warehouse is %s, an object store, and catalog.type hadoop, whose commits"
                  .formatted(location)
              + " don't keep two drivers apart there; set catalog.type: jdbc, or give it a folder");
    }
  }

  /** Tables in a folder, or in a bucket of Amazon's. */
  public WarehouseSettings(String location, CatalogSettings catalog) {
    this(location, catalog, S3Settings.AMAZON);
  }

  /** Tables in a folder that remember themselves. */
  public static WarehouseSettings of(String location) {
    return new WarehouseSettings(location, CatalogSettings.FOLDER);
  }

  /** Whether the tables are in an object store. */
  public boolean inBucket() {
    return S3Settings.isAddress(location);
  }
}
