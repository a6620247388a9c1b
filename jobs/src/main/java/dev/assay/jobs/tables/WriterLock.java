package dev.assay.jobs.tables;

import dev.assay.jobs.FullDisk;
import dev.assay.jobs.NotReadyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;

/**
 * One writer at a time in a warehouse on this machine, across threads and processes. A file lock
 * ends with its process, so a killed writer blocks no other. On an object store there is no such
 * lock: there the operator must ensure that one driver at a time writes to a warehouse.
 */
final class WriterLock {
  /** A file lock belongs to the process; this keeps its threads apart. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Optional<Path> file;

  WriterLock(Optional<Path> file) {
    this.file = file;
  }

  <T> T hold(Supplier<T> action) {
    THREADS.lock();
    try {
      return file.isEmpty() ? action.get() : holdFile(file.get(), action);
    } catch (RuntimeException | FSError failure) {
      throw worded(failure);
    } finally {
      THREADS.unlock();
    }
  }

  /** Hadoop throws an error, which ends a thread without a word, where a local disk refuses. */
  private RuntimeException worded(Throwable failure) {
    String warehouse = file.map(path -> path.getParent().toString()).orElse("paths.warehouse");
    if (FullDisk.explains(failure)) {
      return new NotReadyException(
          "the disk of the warehouse "
              + warehouse
              + " takes nothing more; make room there, then run again",
          failure);
    }
    return failure instanceof RuntimeException as
        ? as
        : new UncheckedIOException(
            warehouse + " cannot be written", new IOException(failure.getCause()));
  }

  private static <T> T holdFile(Path path, Supplier<T> action) {
    try {
      Files.createDirectories(path.getParent());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          path.getParent() + " cannot be created; give paths.warehouse a writable folder",
          unwritable);
    }
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      return lock.isValid() ? action.get() : null;
    } catch (IOException unlockable) {
      throw new UncheckedIOException(path + " cannot be locked", unlockable);
    }
  }
}
