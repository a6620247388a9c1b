package dev.assay.cli.process;

import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Class data sharing: the classes of a process with Spark, some nine thousand, kept in a file as
 * this machine's JVM has them in memory. Processes that map it start in half the time, the driver
 * as well as a local-cluster's executors.
 *
 * @param archive where the file is to be
 * @param list the names of the classes that this process has loaded, as the JVM writes them
 * @param classPath the jars that they come from, which a process that maps the file begins with
 */
public record SharedClasses(Path archive, Path list, String classPath) {
  /** Names the archive; {@code SparkRuntime} gives it to executors. */
  static final String ARCHIVE = "assay.classes";

  /** Names the list, where the launcher has found no archive and a place for one. */
  static final String LIST = "assay.classes.list";

  private static final Logger LOG = LoggerFactory.getLogger(SharedClasses.class);

  /** Loaded where a session starts, and not where one is only spoken of. */
  private static final String OF_SPARK = "org/apache/spark/scheduler/TaskSchedulerImpl ";

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** What this process was started with; empty where there is nothing to keep. */
  public static Optional<SharedClasses> asked() {
    String list = System.getProperty(LIST, "");
    return list.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedClasses(
                Path.of(System.getProperty(ARCHIVE)),
                Path.of(list),
                System.getProperty("java.class.path")));
  }

  /**
   * Keeps the classes for later processes, once a process has had Spark. Nothing depends on it, so
   * whatever fails is for the log alone.
   */
  public void keep() {
    try {
      if (!Shutdown.isUnderWay() && hasSpark()) {
        removeDrafts();
        Waiting.during(
            "Keeping classes, for a quicker start next time", Console.standardError(), this::dump);
      }
    } catch (IOException | RuntimeException unkept) {
      LOG.debug("no classes are kept in {}", archive, unkept);
    }
  }

  private boolean hasSpark() throws IOException {
    try (Stream<String> lines = Files.lines(list)) {
      return lines.anyMatch(line -> (line + " ").startsWith(OF_SPARK));
    }
  }

  /** By a process of its own: a JVM that can't write its archive ends itself. */
  private boolean dump() {
    Path draft = archive.resolveSibling(archive.getFileName() + "." + UUID.randomUUID() + ".draft");
    try (Closing closing = new Closing()) {
      closing.add(() -> Files.deleteIfExists(draft));
      Process process = dumping(draft).start();
      closing.add(() -> process.destroyForcibly().waitFor());
      // A JVM that has no archive of its own JDK's classes to build on ends well, without a file.
      boolean isWhole =
          process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)
              && process.exitValue() == 0
              && Files.exists(draft);
      if (isWhole) {
        // A JVM that maps a file with a hole in it crashes: the content before the name.
        try (FileChannel content = FileChannel.open(draft)) {
          content.force(true);
        }
        Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
      }
      return isWhole;
    } catch (IOException | InterruptedException unkept) {
      LOG.debug("no classes are kept in {}", archive, unkept);
      return false;
    }
  }

  private ProcessBuilder dumping(Path draft) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:ArchiveClassesAtExit=" + draft,
            "-cp",
            classPath,
            ClassLoading.class.getName(),
            list.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  /** What killed processes have left. */
  private void removeDrafts() throws IOException {
    Instant old = Instant.now().minus(LIMIT.multipliedBy(2));
    try (Stream<Path> files = Files.list(archive.getParent())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".draft")
            && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.delete(file);
        }
      }
    }
  }
}
