package dev.assay.model.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checkpoints in folders of a local disk, which nothing is copied from. */
record CheckpointFolders(Path parent) implements CheckpointSource {
  @Override
  public Snapshot fetch(RepositoryId repository, Revision revision, DownloadLimits limits)
      throws IOException {
    Path folder = parent.resolve(repository.toString()).normalize();
    return new CheckpointFolder(folder).fetch(repository, revision, limits);
  }

  /** The folder is its owner's: nothing in it is ours to remove. */
  @Override
  public void discard(Snapshot snapshot, List<HubFile> spoilt) {}
}
