package dev.assay.jobs.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How much room a disk has. */
public final class FreeSpace {
  private FreeSpace() {}

  /** Free bytes of the disk that a folder is on, or will be; empty where it is no folder. */
  public static Optional<Long> of(String place) {
    if (place.contains("://")) {
      return Optional.empty();
    }
    Path folder = Path.of(place).toAbsolutePath().normalize();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    try {
      return folder == null
          ? Optional.empty()
          : Optional.of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
