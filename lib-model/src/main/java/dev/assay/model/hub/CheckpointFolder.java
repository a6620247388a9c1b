package dev.assay.model.hub;

import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of a local disk, which is the content of whatever is asked for; nothing is copied. */
record CheckpointFolder(Path folder) implements CheckpointSource {
  @Override
  public Snapshot fetch(RepositoryId repository, Revision revision, DownloadLimits limits)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is not there; name another folder");
    }
    List<HubFile> listing = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.sorted().toList()) {
        String name = path.getFileName().toString();
        if (DirectoryHash.covers(name)) {
          listing.add(listed(name, path));
        }
      }
    }
    return new Snapshot(folder, new FileSelection(name -> true).of(listing, limits));
  }

  private static HubFile listed(String name, Path path) throws IOException {
    FileDigest digest = FileDigest.of(name, path);
    return new HubFile(name, digest.size(), "", Optional.of(digest.sha256()));
  }

  /** The folder is its owner's: nothing in it is ours to remove. */
  @Override
  public void discard(Snapshot snapshot, List<HubFile> spoilt) {}
}
