package dev.assay.interoperation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder that the JVMs of a test run share: many may use it at a time, or one changes it. The
 * lock is a file beside the folder, and a JVM that dies gives it back.
 */
final class FolderLock {
  private FolderLock() {}

  /** What is done with a folder. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Waits until nobody uses the folder. */
  static <T> T changing(Path folder, Work<T> work) throws IOException, InterruptedException {
    return locked(folder, false, work);
  }

  /** Waits until nobody changes the folder. */
  static <T> T using(Path folder, Work<T> work) throws IOException, InterruptedException {
    return locked(folder, true, work);
  }

  private static <T> T locked(Path folder, boolean shared, Work<T> work)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.getParent());
    try (FileChannel file =
        FileChannel.open(
            folder.resolveSibling(folder.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      file.lock(0, Long.MAX_VALUE, shared);
      return work.run();
    }
  }
}
