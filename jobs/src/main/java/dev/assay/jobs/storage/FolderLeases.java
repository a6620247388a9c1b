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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases as locks on a folder's files, between the processes of one machine. The system ends a lock
 * with its process; the files stay.
 *
 * @param folder created when missing
 */
public record FolderLeases(Path folder) implements Leases {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLeases.class);
  private static final String HOLDER = ".holder";

  /**
   * What this process has taken. A second channel would be harmful: the system ends a process's
   * lock on a file when the process closes the file through any channel.
   */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  @Override
  public Optional<Lease> take(String name) {
    Path file = folder.resolve(name).toAbsolutePath().normalize();
    if (!TAKEN.add(file)) {
      return Optional.empty();
    }
    Optional<Lease> lease = Optional.empty();
    try {
      lease = lock(name);
    } finally {
      if (lease.isEmpty()) {
        TAKEN.remove(file);
      }
    }
    return lease.map(held -> () -> giveBack(file, held));
  }

  private Optional<Lease> lock(String name) {
    try {
      FileChannel channel = open(name);
      if (isLocked(channel)) {
        tellHolder(name);
        return Optional.of(() -> giveBack(name, channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException unwritable) {
      throw unwritable(name, unwritable);
    }
  }

  private static void giveBack(Path file, Lease held) {
    try {
      held.close();
    } finally {
      TAKEN.remove(file);
    }
  }

  @Override
  public Lease await(String name) {
    try {
      FileChannel channel = open(name);
      FileLock lock = channel.lock();
      return () -> giveBack(name, (FileChannel) lock.acquiredBy());
    } catch (IOException unwritable) {
      throw unwritable(name, unwritable);
    }
  }

  @Override
  public Optional<ProcessHandle> holder(String name) {
    try {
      String[] words = Files.readString(folder.resolve(name + HOLDER)).strip().split(" ", 2);
      return words.length == 2
          ? ProcessHandle.of(Long.parseLong(words[0]))
              .filter(process -> started(process).equals(words[1]))
          : Optional.empty();
    } catch (IOException | NumberFormatException untold) {
      return Optional.empty();
    }
  }

  /**
   * Names this process beside the lock, by its number and its start, for numbers are given anew. It
   * is for people alone: a full disk leaves it untold.
   */
  private void tellHolder(String name) {
    ProcessHandle own = ProcessHandle.current();
    try {
      Files.writeString(folder.resolve(name + HOLDER), own.pid() + " " + started(own) + "\n");
    } catch (IOException untold) {
      LOG.debug("{} is not named", name, untold);
    }
  }

  private static String started(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> Long.toString(start.toEpochMilli()))
        .orElse("unknown");
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

  private void giveBack(String name, FileChannel channel) {
    try {
      Files.deleteIfExists(folder.resolve(name + HOLDER));
      channel.close();
    } catch (IOException unclosable) {
      throw new IllegalStateException(
          folder.resolve(name) + ": the lease cannot be given back", unclosable);
    }
  }

  private UncheckedIOException unwritable(String name, IOException cause) {
    return new UncheckedIOException(
        folder.resolve(name) + " cannot be written; give paths.warehouse a writable folder", cause);
  }
}
