package dev.assay.model.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the files of checkpoints come from; their digests identify the content. */
public interface CheckpointSource {
  /**
   * Brings a checkpoint's files onto the local disk, whole.
   *
   * @param revision which content of the repository; a source that keeps one alone ignores it
   * @throws HubException if a hub does not give it
   * @throws IllegalArgumentException if a folder does not hold it
   * @throws IOException when the local disk cannot be read or written
   */
  Snapshot fetch(RepositoryId repository, Revision revision, DownloadLimits limits)
      throws IOException, InterruptedException;

  /**
   * Forgets files that are no longer what arrived, so that the next fetch downloads them again.
   *
   * @param spoilt files of the snapshot
   */
  void discard(Snapshot snapshot, List<HubFile> spoilt) throws IOException;

  /** Folders {@code namespace/name} within a folder, each the content of every revision. */
  static CheckpointSource folders(Path parent) {
    return new CheckpointFolders(parent);
  }

  /** One folder, the content of every repository and revision. */
  static CheckpointSource folder(Path folder) {
    return new CheckpointFolder(folder);
  }

  /**
   * A hub.
   *
   * @param cache folder of a local disk that keeps what was fetched; created when missing
   */
  static CheckpointSource hub(HubClient hub, Path cache) {
    return new HubCheckpoints(hub, cache);
  }
}
