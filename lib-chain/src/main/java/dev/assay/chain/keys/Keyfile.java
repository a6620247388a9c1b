package dev.assay.chain.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A keyfile on disk: mode 0600, and appears whole or not at all. */
final class Keyfile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Keyfile() {}

  /**
   * The content of a keyfile that holds a secret.
   *
   * @throws KeyfileException if it is absent, too large, or open to others
   */
  static byte[] readSecret(Path file) {
    Set<PosixFilePermission> permissions = permissions(file);
    if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
      throw new KeyfileException(
          "The keyfile %s is open to others (%s); run chmod 600 on it."
              .formatted(file, PosixFilePermissions.toString(permissions)));
    }
    return read(file);
  }

  /** The content of a keyfile without secret. */
  static byte[] read(Path file) {
    try {
      if (Files.size(file) > KeyfileCipher.MAX_LENGTH) {
        throw new KeyfileException(
            "The keyfile %s exceeds %d bytes.".formatted(file, KeyfileCipher.MAX_LENGTH));
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw absentOrUnreadable(file, unreadable);
    }
  }

  /**
   * Writes a keyfile.
   *
   * @param replace whether it may take the place of one that is there
   * @throws KeyfileException if it exists and may not be replaced
   */
  static void write(Path file, byte[] content, boolean replace) {
    try {
      Files.createDirectories(
          file.getParent(), PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
      Path partial =
          Files.createTempFile(
              file.getParent(),
              ".key",
              ".partial",
              PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        writeThrough(partial, content);
        if (replace) {
          Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
          // A link, unlike a move, fails where the name is taken.
          Files.createLink(file, partial);
        }
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (FileAlreadyExistsException taken) {
      throw taken(file);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write the keyfile " + file, unwritable);
    }
  }

  static KeyfileException taken(Path file) {
    return new KeyfileException(
        "The keyfile " + file + " exists and is not overwritten; choose another name.");
  }

  private static void writeThrough(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (IOException unreadable) {
      throw absentOrUnreadable(file, unreadable);
    }
  }

  private static KeyfileException absentOrUnreadable(Path file, IOException failure) {
    return failure instanceof NoSuchFileException
        ? new KeyfileException("There is no keyfile " + file + ".")
        : new KeyfileException(
            "The keyfile " + file + " can't be read (" + reason(failure) + "); name another.");
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException known && known.getReason() != null
        ? known.getReason()
        : "no permission, or no file";
  }
}
