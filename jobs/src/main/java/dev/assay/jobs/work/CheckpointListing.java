package dev.assay.jobs.work;

import dev.assay.jobs.TextDigest;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.hub.HubFile;
import java.util.Comparator;
import java.util.List;

/**
 * What a hub lists of one revision's checkpoint.
 *
 * @param files that make up the checkpoint, in order of their paths
 */
public record CheckpointListing(List<HubFile> files) {
  public CheckpointListing {
    files =
        files.stream()
            .filter(file -> DirectoryHash.covers(file.path()))
            .sorted(Comparator.comparing(HubFile::path))
            .toList();
  }

  /** Of all files together. */
  public long bytes() {
    return files.stream().mapToLong(HubFile::size).sum();
  }

  /** Of names, sizes and content ids: equal for exact copies. */
  public String digest() {
    StringBuilder content = new StringBuilder();
    for (HubFile file : files) {
      content
          .append(file.path())
          .append(' ')
          .append(file.size())
          .append(' ')
          .append(file.sha256().orElse(file.gitSha1()))
          .append('\n');
    }
    return TextDigest.of(content.toString());
  }
}
