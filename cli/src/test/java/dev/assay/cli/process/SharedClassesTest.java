package dev.assay.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    new SharedClasses(archive, list, jar()).keep();

    assertThat(files()).containsExactlyInAnyOrder("classes", "classes.jsa");
    Process mapping =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                jar() + System.getProperty("path.separator") + folder,
                "-version")
            .redirectErrorStream(true)
            .start();
    String said = new String(mapping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(mapping.waitFor()).as(said).isZero();
  }

  @Test
  void aProcessWithoutSparkKeepsNothing() throws Exception {
    loaded("org/apache/spark/sql/SparkSession id: 3");

    new SharedClasses(archive, list, jar()).keep();

    assertThat(files()).containsExactly("classes");
  }

  @Test
  void whatCannotBeKeptLeavesNothingBehindAndDraftsOfKilledProcessesGo() throws Exception {
    loaded("org/apache/spark/scheduler/TaskSchedulerImpl id: what the JVM refuses");
    Path killed = Files.writeString(folder.resolve("classes.jsa.1.draft"), "half");
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    new SharedClasses(archive, list, jar()).keep();

    assertThat(files()).containsExactly("classes");
  }

  @Test
  void aListThatNobodyCanReadChangesNothing() throws Exception {
    Files.write(list, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

    new SharedClasses(archive, list, jar()).keep();

    assertThat(files()).containsExactly("classes");
  }

  private void loaded(String last) throws IOException {
    Files.write(list, Stream.concat(FEW.stream(), Stream.of(last)).toList());
  }

  private static String jar() {
    return CommandLine.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
