package dev.assay.model.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checkpoints of a hub, kept in a cache. */
record HubCheckpoints(HubClient hub, Path cache) implements CheckpointSource {
  @Override
  public Snapshot fetch(RepositoryId repository, Revision revision, DownloadLimits limits)
      throws IOException, InterruptedException {
    return hub.checkpoint(repository, revision, limits, cache);
  }

  @Override
  public void discard(Snapshot snapshot, List<HubFile> spoilt) throws IOException {
    for (HubFile file : spoilt) {
      Files.deleteIfExists(snapshot.directory().resolve(file.path()));
      Files.deleteIfExists(new HubCache(cache).content(file));
    }
  }
}
