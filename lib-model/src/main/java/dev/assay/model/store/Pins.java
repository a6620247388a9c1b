package dev.assay.model.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is at work with what, among threads and processes: a lock on a file, which goes with its
 * process however that ends. A process holds each lock once, since the system knows processes only.
 */
final class Pins {
  private static final Map<Path, Pins> ALL = new HashMap<>();

  /** A file that this process has locked, for some of its threads. */
  private static final class Held {
    private final FileChannel channel;
    private int threads;

    Held(FileChannel channel) {
      this.channel = channel;
    }
  }

  private final Path folder;
  private final Map<String, Held> held = new HashMap<>();

  private Pins(Path folder) {
    this.folder = folder;
  }

  /** Those of a folder, one object for all of the process. */
  static Pins in(Path folder) throws IOException {
    Path own = Files.createDirectories(folder).toRealPath();
    synchronized (ALL) {
      return ALL.computeIfAbsent(own, Pins::new);
    }
  }

  /** Holds a name together with others; waits for one who clears it. */
  synchronized void share(String name) throws IOException {
    Held own = held.get(name);
    if (own == null) {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(name),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        var unused = channel.lock(0, Long.MAX_VALUE, true);
      } catch (IOException | RuntimeException failed) {
        channel.close();
        throw failed;
      }
      own = new Held(channel);
      held.put(name, own);
    }
    own.threads++;
  }

  /** Lets go of what was shared. */
  synchronized void release(String name) throws IOException {
    Held own = held.get(name);
    own.threads--;
    if (own.threads == 0) {
      held.remove(name);
      own.channel.close();
    }
  }

  /** What is done while nobody shares a name. */
  interface Alone {
    void run() throws IOException;
  }

  /**
   * Does something to a name that nobody shares.
   *
   * @return whether it was done; not if somebody has the name
   */
  synchronized boolean alone(String name, Alone work) throws IOException {
    if (held.containsKey(name)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      if (lock.isPresent()) {
        work.run();
      }
      return lock.isPresent();
    }
  }
}
