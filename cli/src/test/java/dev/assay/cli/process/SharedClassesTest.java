package dev.assay.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SharedClassesTest {
  private static final List<String> FEW =
      List.of("java/lang/Object id: 0", "java/lang/String id: 1", "picocli/CommandLine id: 2");

  @TempDir private Path folder;
  private Path archive;
  private Path list;

  @BeforeEach
  void name() {
    archive = folder.resolve("classes.jsa");
    list = folder.resolve("classes");
  }

  @Test
  void aJvmMapsWhatAProcessWithSparkHasKept() throws Exception {
    loaded("org/apache/spark/scheduler/TaskSchedulerImpl id: 3");

    new SharedClasses(archive, list, jars()).keep();

    assertThat(files()).containsExactlyInAnyOrder("classes", "own.jar", "classes.jsa");
    Process mapping =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                jars() + File.pathSeparator + folder,
                "-version")
            .redirectErrorStream(true)
            .start();
    String said = new String(mapping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(mapping.waitFor()).as(said).isZero();
  }

  @Test
  void aProcessWithoutSparkKeepsNothing() throws Exception {
    loaded("org/apache/spark/sql/SparkSession id: 3");

    new SharedClasses(archive, list, jars()).keep();

    assertThat(files()).containsExactlyInAnyOrder("classes", "own.jar");
  }

  @Test
  void whatCannotBeKeptLeavesNothingBehindAndDraftsOfKilledProcessesGo() throws Exception {
    loaded("org/apache/spark/scheduler/TaskSchedulerImpl id: 3");
    Path killed = Files.writeString(folder.resolve("classes.jsa.1.draft"), "half");
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    // A folder on the class path, which no archive can describe.
    String folderFirst = System.getProperty("java.home") + File.pathSeparator + jars();
    new SharedClasses(archive, list, folderFirst).keep();

    assertThat(files()).containsExactlyInAnyOrder("classes", "own.jar");
  }

  @Test
  void aListThatNobodyCanReadChangesNothing() throws Exception {
    Files.write(list, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

    new SharedClasses(archive, list, jars()).keep();

    assertThat(files()).containsExactlyInAnyOrder("classes", "own.jar");
  }

  private void loaded(String last) throws IOException {
    Files.write(list, Stream.concat(FEW.stream(), Stream.of(last)).toList());
  }

  /** A jar of the one class of our own that loads the others, as in a build, and picocli's. */
  private String jars() throws IOException {
    Path own = folder.resolve("own.jar");
    if (Files.notExists(own)) {
      writeJar(own, ClassLoading.class);
    }
    return own
        + File.pathSeparator
        + CommandLine.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static void writeJar(Path file, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        InputStream content = type.getResourceAsStream("/" + name)) {
      jar.putNextEntry(new JarEntry(name));
      content.transferTo(jar);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
