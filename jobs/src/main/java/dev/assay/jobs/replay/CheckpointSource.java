package dev.assay.jobs.replay;

import dev.assay.jobs.tables.VerdictRow;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ContentDigest;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubException;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where checkpoints are taken from; whose content it is, the digest tells. */
public interface CheckpointSource {
  /** A checkpoint and the digest of its content. */
  record Found(Checkpoint checkpoint, String digest) {}

  /**
   * The checkpoint that a verdict names.
   *
   * @throws IllegalArgumentException if it isn't there
   * @throws RejectedCheckpointException if nobody can load it
   */
  Found find(VerdictRow model)
      throws IOException, InterruptedException, RejectedCheckpointException;

  /** Folders {@code namespace/name} within a folder. */
  static CheckpointSource in(Path folder) {
    return model -> {
      Path checkpoint = folder.resolve(repository(model).toString()).normalize();
      if (!Files.isDirectory(checkpoint)) {
        throw new IllegalArgumentException(checkpoint + " is not there; name another folder");
      }
      try (Stream<Path> files = Files.list(checkpoint)) {
        return found(
            checkpoint,
            files
                .map(file -> file.getFileName().toString())
                .filter(DirectoryHash::covers)
                .sorted()
                .toList());
      }
    };
  }

  /**
   * A hub, by the pinned revision.
   *
   * @param cache folder that downloads are kept in
   */
  static CheckpointSource of(HubClient hub, Path cache) {
    return model -> {
      RepositoryId repository = repository(model);
      Revision revision = new Revision(model.revision().orElseThrow());
      long most = CheckpointLimits.defaults().bytes();
      DownloadLimits limits =
          new DownloadLimits(most, most, CheckpointLimits.defaults().files(), Duration.ofHours(1));
      try {
        List<String> files = new ArrayList<>();
        for (HubFile file : hub.tree(repository, revision)) {
          if (DirectoryHash.covers(file.path())) {
            files.add(file.path());
          }
        }
        return found(hub.download(repository, revision, files, limits, cache).directory(), files);
      } catch (HubException.NotFound gone) {
        throw new IllegalArgumentException(
            "%s at %s is no longer on the hub: %s; give its files with --checkpoints"
                .formatted(repository, revision.hex(), gone.getMessage()),
            gone);
      }
    };
  }

  private static RepositoryId repository(VerdictRow model) {
    String[] parts = model.repository().orElseThrow().split("/", 2);
    return new RepositoryId(parts[0], parts.length == 2 ? parts[1] : "");
  }

  private static Found found(Path directory, List<String> files)
      throws IOException, RejectedCheckpointException {
    String digest = ContentDigest.of(FileDigest.ofFiles(directory, files));
    return new Found(Checkpoint.open(directory, CheckpointLimits.defaults()), digest);
  }
}
