package dev.assay.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Leases as locks on a folder's files, between the processes of one machine. The system ends a lock
 * with its process; the files stay.
 *
 * @param folder created when missing
 */
public record FolderLeases(Path folder) implements Leases {
  @Override
  public Optional<Lease> take(String name) {
    try {
      FileChannel channel = open(name);
      if (isLocked(channel)) {
        return Optional.of(() -> giveBack(name, channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException unwritable) {
      throw unwritable(name, unwritable);
    }
  }

  @Override
  public Lease await(String name) {
    try {
      FileChannel channel = open(name);
      FileLock lock = channel.lock();
      return () -> giveBack(name, lock.channel());
    } catch (IOException unwritable) {
      throw unwritable(name, unwritable);
    }
  }

  private FileChannel open(String name) throws IOException {
    Files.createDirectories(folder);
    return FileChannel.open(
        folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException elsewhere) {
      // Another thread of this process has it.
      return false;
    }
  }

  private void giveBack(String name, AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception unclosable) {
      throw new IllegalStateException(
          folder.resolve(name) + ": the lease cannot be given back", unclosable);
    }
  }

  private UncheckedIOException unwritable(String name, IOException cause) {
    return new UncheckedIOException(
        folder.resolve(name) + " cannot be written; give paths.warehouse a writable folder", cause);
  }
}
