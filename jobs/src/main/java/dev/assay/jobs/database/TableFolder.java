package dev.assay.jobs.database;

import dev.assay.jobs.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder in which a table is to be made, which must not be another catalog's table. */
public final class TableFolder {
  /** As files that remember themselves are numbered, and as a database's are. */
  private static final String OWN = "v\\d+\\.(?:gz\\.)?metadata\\.json";

  private static final String DATABASES = "\\d{5,}-.+\\.metadata\\.json";

  private TableFolder() {}

  /**
   * Refuses to make a table where another catalog has its own: the rows there would be lost.
   *
   * @param isDatabase whether the new table's catalog is one
   */
  public static void requireFree(Path warehouse, String name, boolean isDatabase) {
    Path table = warehouse.resolve(name);
    if (has(table.resolve("metadata"), isDatabase ? OWN : DATABASES)
        || (isDatabase && has(table.resolve("data"), ".*"))) {
      throw new ConfigurationException(
          ("paths.warehouse %s holds a table %s that %s does not know; set the section catalog to"
                  + " what has written it, or give paths.warehouse another folder")
              .formatted(warehouse, name, isDatabase ? "catalog.uri" : "catalog.type hadoop"));
    }
  }

  private static boolean has(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().matches(pattern));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be listed", unreadable);
    }
  }
}
