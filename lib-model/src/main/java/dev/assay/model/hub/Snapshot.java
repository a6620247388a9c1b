package dev.assay.model.hub;

import java.nio.file.Path;
import java.util.List;

/**
 * The selected files of one revision, complete and verified, on the local disk.
 *
 * @param directory holds them under their names; it belongs to the cache: read it, never write it
 * @param files that were selected, in order of their paths
 */
public record Snapshot(Path directory, List<HubFile> files) {

  /** Copies the list. */
  public Snapshot {
    files = List.copyOf(files);
  }

  /** Bytes of all files together. */
  public long bytes() {
    return files.stream().mapToLong(HubFile::size).sum();
  }
}
