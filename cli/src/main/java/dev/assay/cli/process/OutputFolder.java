package dev.assay.cli.process;

import dev.assay.cli.terminal.UsageException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a demo writes. A folder that the user named is kept, and cleaned only when an earlier demo
 * made it; without a name it is a temporary one, gone when the demo ends.
 */
public final class OutputFolder implements AutoCloseable {
  /** Tables, models and the hub's copies of them; measured at 74 MiB, with room to spare. */
  static final long NEEDED_BYTES = 256L << 20;

  /** Names the user's temporary folder; the launcher's runs have one of their own that goes. */
  private static final String OUTLIVING = "assay.temporary";

  private static final String MARKER = ".made-by-assay-demo";

  private final Path path;
  private final boolean kept;

  private OutputFolder(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  /**
   * @throws UsageException if the folder can't be created, belongs to something else, or has too
   *     little space
   */
  static OutputFolder named(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new UsageException(path + " is a file; choose a folder with --out");
      }
      if (Files.isDirectory(path) && !isEmpty(path)) {
        clean(path);
      }
      Files.createDirectories(path);
      Files.write(path.resolve(MARKER), new byte[0]);
      return checked(new OutputFolder(path, true), NEEDED_BYTES);
    } catch (IOException e) {
      throw new UsageException(
          path + " can't be written (" + reason(e) + "); choose another folder with --out", e);
    }
  }

  /** The named folder, or a temporary one. */
  public static OutputFolder of(Optional<Path> named) {
    return named.map(OutputFolder::named).orElseGet(OutputFolder::temporary);
  }

  /** A folder that is gone once it is closed. */
  public static OutputFolder temporary() {
    return temporary(NEEDED_BYTES);
  }

  /** One that has so much free space at least. */
  public static OutputFolder temporary(long neededBytes) {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return checked(
          new OutputFolder(Files.createTempDirectory(parent, "assay-demo-"), false), neededBytes);
    } catch (IOException e) {
      throw new UsageException(
          parent + " can't be written (" + reason(e) + "); choose a folder with --out", e);
    }
  }

  public Path path() {
    return path;
  }

  /** Where the report page goes; it outlives a temporary folder. */
  public Path report() {
    return kept ? path.resolve("report.html") : outliving("assay-demo-report.html");
  }

  /** Where the leaderboard goes; it outlives a temporary folder, too. */
  public Path leaderboard() {
    return kept ? path.resolve("leaderboard") : outliving("assay-demo-leaderboard");
  }

  private static Path outliving(String name) {
    return Path.of(System.getProperty(OUTLIVING, System.getProperty("java.io.tmpdir")))
        .resolve(name);
  }

  /** Removes a temporary folder; one that is gone already is as it should be. */
  @Override
  public void close() throws IOException {
    if (!kept && Files.exists(path)) {
      delete(path);
    }
  }

  static OutputFolder checked(OutputFolder folder, long neededBytes) throws IOException {
    long usable = Files.getFileStore(folder.path).getUsableSpace();
    if (usable < neededBytes) {
      folder.close();
      throw new UsageException(
          "%s has %d MiB of free space, %d MiB are needed; free some or choose another folder with --out"
              .formatted(folder.path, usable >> 20, neededBytes >> 20));
    }
    return folder;
  }

  private static void clean(Path path) throws IOException {
    if (!Files.exists(path.resolve(MARKER))) {
      throw new UsageException(
          path + " is not empty and no earlier demo made it; choose another folder with --out");
    }
    delete(path);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** The marker goes last, so that a folder whose cleaning was interrupted can be cleaned again. */
  private static void delete(Path folder) throws IOException {
    Path marker = folder.resolve(MARKER);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(marker)) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }

          /**
           * A process that is still ending removes its own files, which then need not be removed
           * here.
           */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (visited.equals(folder)) {
              Files.deleteIfExists(marker);
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName().replace("Exception", "");
  }
}
