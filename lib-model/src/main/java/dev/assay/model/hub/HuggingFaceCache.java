package dev.assay.model.hub;

import dev.assay.model.hub.http.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What {@code huggingface_hub} has downloaded on this machine. It keeps a repository's contents in
 * {@code models--namespace--name/blobs} under the digest that the hub announces. They are only
 * read, and are hashed before they are believed.
 *
 * @param root folder of all repositories, which need not exist; empty where none is looked into
 */
public record HuggingFaceCache(Optional<Path> root) {
  static final HuggingFaceCache NONE = new HuggingFaceCache(Optional.empty());
  private static final int BUFFER_BYTES = 1 << 20;

  /** A regular file of the announced size under the announced digest, where there is one. */
  Optional<Path> blob(RepositoryId repository, HubFile file) throws IOException {
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Path blob =
        root.get()
            .resolve(
                (repository.isDataset() ? "datasets--" : "models--")
                    + repository.namespace()
                    + "--"
                    + repository.name())
            .resolve("blobs")
            .resolve(file.sha256().orElse(file.gitSha1()));
    boolean fits =
        Files.isRegularFile(blob, LinkOption.NOFOLLOW_LINKS)
            && Files.isReadable(blob)
            && Files.size(blob) == file.size();
    return fits ? Optional.of(blob) : Optional.empty();
  }

  /**
   * Copies a content into a file that is arriving, which hashes it; what had arrived is forgotten.
   *
   * <p>Where it is all there and has the announced digest it becomes {@code content}; else nothing
   * is left of it.
   */
  static void copy(Path blob, HubFile file, Path part, Path content, Deadline deadline)
      throws IOException {
    try (FileChannel source = FileChannel.open(blob, StandardOpenOption.READ);
        PartFile target = PartFile.open(file, part)) {
      target.begin(false);
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (!target.isComplete()) {
        deadline.required("copying " + blob);
        long left = file.size() - target.length();
        if (source.read(buffer.clear().limit((int) Math.min(left, BUFFER_BYTES))) < 0) {
          break;
        }
        target.write(buffer.flip());
      }
      target.moveTo(content);
    }
  }
}
