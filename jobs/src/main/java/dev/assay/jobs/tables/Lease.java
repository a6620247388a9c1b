package dev.assay.jobs.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** An exclusive right to a piece of work, held by at most one thread of one process. */
public final class Lease implements AutoCloseable {
  static final Lease NONE = new Lease(null);

  private final FileChannel channel;

  private Lease(FileChannel channel) {
    this.channel = channel;
  }

  static Optional<Lease> of(Path file) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return Optional.of(new Lease(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          file + " cannot be written; give paths.warehouse a writable folder", unwritable);
    }
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

  @Override
  public void close() {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException unclosable) {
      throw new UncheckedIOException("a lease cannot be given back", unclosable);
    }
  }
}
