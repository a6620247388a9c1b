package dev.assay.model.hub;

import dev.assay.model.checkpoint.FileDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /**
   * The files' digests, by which a checkpoint is known. A large file was hashed as it arrived and
   * is not read again; small ones are.
   */
  public List<FileDigest> digests() throws IOException {
    List<FileDigest> digests = new ArrayList<>();
    for (HubFile file : files) {
      digests.add(
          file.sha256().isPresent()
              ? new FileDigest(file.path(), file.size(), file.sha256().get())
              : FileDigest.of(file.path(), directory.resolve(file.path())));
    }
    return digests;
  }

  /**
   * Files that are no longer what arrived, each read again from the disk: what must be known before
   * a rejection is the publisher's fault.
   */
  public List<HubFile> spoilt() throws IOException {
    List<HubFile> spoilt = new ArrayList<>();
    for (HubFile file : files) {
      if (!AnnouncedDigest.isOf(file, directory.resolve(file.path()))) {
        spoilt.add(file);
      }
    }
    return spoilt;
  }

  /** Bytes of all files together. */
  public long bytes() {
    return files.stream().mapToLong(HubFile::size).sum();
  }
}
