package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/spark-submit} leaves in the temporary folder; its Java is a script here. */
class SparkSubmitFilesIT {
  @TempDir private Path folder;
  private Path temporary;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void pretendSpark() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp dir"));
    Path home = Files.createDirectories(folder.resolve("spark"));
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("conf"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String name : List.of("spark-class", "spark-submit", "run-folder")) {
      Files.copy(Path.of("src/main/dist/bin", name), bin.resolve(name));
      assertThat(bin.resolve(name).toFile().setExecutable(true)).isTrue();
    }
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
    // Spark's launcher prints the words to be run, each ended by a zero byte.
    Files.writeString(
        jdk.resolve("java"),
        """
        #!/bin/bash
        case "$*" in
          *org.apache.spark.launcher.Main*) printf '\\0\\n%s\\0%s\\0' "$0" driver; exit ;;
        esac
        touch "$SPARK_HOME/work"
        printf '%s\\n' "$SPARK_SUBMIT_OPTS" >"$FOLDER/options.new"
        mv "$FOLDER/options.new" "$FOLDER/options"
        while [ -e "$FOLDER/hold" ]; do sleep 0.05; done
        """);
    assertThat(jdk.resolve("java").toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process submit() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("spark/bin/spark-submit").toString(), "x.jar")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("FOLDER", folder.toString());
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("SPARK_SUBMIT_OPTS");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }

  private void await(String file) throws Exception {
    for (int tries = 0; !Files.exists(folder.resolve(file)); tries++) {
      assertThat(tries).as(() -> file + " does not appear").isLessThan(600);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void awaitNothingLeft() throws Exception {
    for (int tries = 0; !left().isEmpty(); tries++) {
      assertThat(tries).as(() -> "something stays in " + temporary).isLessThan(600);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Test
  void whatADriverWritesGoesWithIt() throws Exception {
    Files.createFile(folder.resolve("hold"));
    Process driver = submit();
    await("options");
    Path run = left().get(0);

    assertThat(Files.readString(folder.resolve("options")))
        .contains("\"-Djava.io.tmpdir=" + run.resolve("tmp") + "\"");
    assertThat(run.resolve("spark/work")).exists();
    assertThat(folder.resolve("spark/work")).doesNotExist();
    Files.delete(folder.resolve("hold"));
    assertThat(driver.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(driver.exitValue()).isZero();
    awaitNothingLeft();
  }

  @Test
  void whatAKilledDriverHasLeftIsRemovedAtTheNextStart() throws Exception {
    Path abandoned = Files.createDirectories(temporary.resolve("assay-run.abandoned/tmp"));
    Files.createFile(abandoned.resolveSibling("lock"));
    Files.createFile(folder.resolve("hold"));
    Process driver = submit();
    await("options");
    driver.destroyForcibly().waitFor();
    Files.delete(folder.resolve("hold"));

    assertThat(submit().waitFor(60, TimeUnit.SECONDS)).isTrue();

    awaitNothingLeft();
  }
}
