package dev.assay.jobs.config.tables;

import java.util.Locale;
import java.util.Set;

/**
 * Where a validator's tables are, and what remembers their newest states.
 *
 * @param location {@code paths.warehouse}: a folder, or the address of one
 * @param catalog what remembers
 */
public record WarehouseSettings(String location, CatalogSettings catalog) {
  /** In which a rename is a copy, so that two drivers both believe that they have committed. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs");

  public WarehouseSettings {
    int scheme = location.indexOf("://");
    if (scheme > 0
        && OBJECT_STORES.contains(location.substring(0, scheme).toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "paths.warehouse is "
              + location
              + ", an object store, where neither a commit nor a lease keeps two drivers apart;"
              + " give it a folder");
    }
  }

  /** Tables in a folder that remember themselves. */
  public static WarehouseSettings of(String location) {
    return new WarehouseSettings(location, CatalogSettings.FOLDER);
  }
}
