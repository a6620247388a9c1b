package dev.assay.jobs.storage;

import dev.assay.jobs.DurableStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects as the files of one folder.
 *
 * @param folder created when missing
 */
public record FolderObjects(Path folder) implements NamedObjects {
  @Override
  public boolean create(String name, byte[] content) {
    Path file = folder.resolve(name);
    // Its own name in every thread and process: only the link below may be contended.
    Path draft = folder.resolve(name + "." + UUID.randomUUID() + ".draft");
    try {
      Files.createDirectories(folder);
      DurableStep.next("write " + draft);
      writeDurably(draft, content);
      // A link to a finished file: no one ever sees half an object, and only one link can be
      // created.
      DurableStep.next("link " + file);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          file + " cannot be written; give paths.warehouse a writable folder", unwritable);
    } finally {
      delete(draft);
    }
    syncFolder();
    return true;
  }

  @Override
  public Optional<byte[]> read(String name) {
    Path file = folder.resolve(name);
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  @Override
  public String address(String name) {
    return folder.resolve(name).toString();
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** The link itself must survive a power failure before anything is sent. */
  private void syncFolder() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsyncable) {
      throw new UncheckedIOException(folder + " cannot be made durable", unsyncable);
    }
  }

  private static void delete(Path draft) {
    try {
      DurableStep.next("delete " + draft);
      Files.deleteIfExists(draft);
    } catch (IOException left) {
      throw new UncheckedIOException(draft + " cannot be deleted", left);
    }
  }
}
