package dev.assay.model.text;

import dev.assay.model.checkpoint.CheckpointFiles;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The files that say how a folder's tokenizer works; only regular ones are opened. */
final class TokenizerFolder {
  private TokenizerFolder() {}

  /**
   * The bytes of a regular file, or of a link as the Hugging Face cache makes them: from its
   * snapshots to its blobs.
   *
   * @throws NoSuchFileException if there is none
   */
  static byte[] regularFile(Path file, long mostBytes)
      throws RejectedCheckpointException, IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink() && isOfHubCache(file)) {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    }
    if (!attributes.isRegularFile()) {
      throw new RejectedCheckpointException(
          Rejection.NOT_A_REGULAR_FILE,
          "%s is %s; put the file itself there"
              .formatted(
                  name(file), attributes.isSymbolicLink() ? "a symbolic link" : "not a file"));
    }
    if (attributes.size() > mostBytes) {
      throw tooLarge(file, attributes.size(), mostBytes);
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(Math.toIntExact(mostBytes) + 1);
      if (bytes.length > mostBytes) {
        throw tooLarge(file, bytes.length, mostBytes);
      }
      return bytes;
    }
  }

  private static boolean isOfHubCache(Path file) throws IOException {
    Path snapshot = file.toAbsolutePath().getParent().toRealPath();
    Path repository = snapshot.resolve("../..").normalize();
    Path target = Files.readSymbolicLink(file);
    Path blob = snapshot.resolve(target).normalize();
    return snapshot.startsWith(repository.resolve("snapshots"))
        && repository.resolve("blobs").equals(blob.getParent())
        && Files.isRegularFile(blob, LinkOption.NOFOLLOW_LINKS);
  }

  private static RejectedCheckpointException tooLarge(Path file, long bytes, long mostBytes) {
    return new RejectedCheckpointException(
        name(file).equals(CheckpointFiles.TOKENIZER)
            ? Rejection.TOKENIZER_TOO_LARGE
            : Rejection.FILE_TOO_LARGE,
        "%s has %d bytes; the limit is %d".formatted(name(file), bytes, mostBytes));
  }

  private static String name(Path file) {
    return TokenizerFile.printable(String.valueOf(file.getFileName()));
  }
}
