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

/** The real launcher in a clone of its own, with a Maven and a Java that only pretend. */
class LauncherBuildsIT {
  private static final Path BIN = Path.of("src/main/dist/bin");
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private Path clone;
  private Path temporary;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void clonePretendedly() throws Exception {
    clone = Files.createDirectory(folder.resolve("a clone"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.copy(Path.of("..", "assay"), clone.resolve("assay"));
    Path bin = Files.createDirectories(clone.resolve("cli/src/main/dist/bin"));
    for (String part : List.of("run-folder", "launch")) {
      Files.copy(BIN.resolve(part), bin.resolve(part));
    }
    for (String module :
        List.of("lib-chain", "lib-model", "lib-score", "jobs", "localnet", "cli")) {
      Files.createDirectories(clone.resolve(module).resolve("src/main"));
      Files.createFile(clone.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(clone.resolve("pom.xml"));
    Files.writeString(Files.createDirectory(clone.resolve("conf")).resolve("assay.yaml"), "");
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
    script(
        jdk.resolve("java"),
        """
        case "$1" in -XshowSettings*) echo '   java.specification.version = 17' >&2; exit;; esac
        for word; do
          [ "$previous" != -cp ] || { jars=${word##*:}; jars=${jars%/*}; }
          previous=$word
        done
        touch "$SPARK_HOME/work"
        locale charmap >"$FOLDER/charmap"
        echo "$jars" >"$FOLDER/new.$WORD"; mv "$FOLDER/new.$WORD" "$FOLDER/jars.$WORD"
        while [ -e "$FOLDER/hold.$WORD" ]; do sleep 0.05; done
        [ -e "$jars/one.jar" ]
        """);
    script(jdk.resolve("javac"), "");
    script(
        jdk.resolve("mvn"),
        """
        for word; do case "$word" in -Ddist=*) dist=${word#-Ddist=};; esac; done
        dist=${dist:-cli/target/assay}
        echo built >>"$FOLDER/builds"
        sleep 1
        mkdir -p "$dist/jars" "$dist/conf" "$dist/bin"
        echo -Dpretended >"$dist/conf/jvm.options"
        touch "$dist/jars/one.jar" "$dist/built"
        """);
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Process start(String word) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", clone.resolve("assay").toString(), word)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output." + word).toFile());
    String path = folder.resolve("jdk/bin") + ":" + System.getenv("PATH");
    builder.environment().put("PATH", path);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("FOLDER", folder.toString());
    builder.environment().put("WORD", word);
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("LC_ALL", "POSIX");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private int run(String word) throws Exception {
    return end(start(word));
  }

  private static int end(Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Starts a job that runs until it is released, and returns the folder of its jars. */
  private Path hold(String word) throws Exception {
    Files.createFile(folder.resolve("hold." + word));
    start(word);
    Path jars = folder.resolve("jars." + word);
    await(() -> Files.exists(jars));
    return Path.of(Files.readString(jars).strip());
  }

  private void release(String word) throws Exception {
    Files.delete(folder.resolve("hold." + word));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private void edit(String file) throws Exception {
    // Not in the second of the last build.
    Thread.sleep(1100);
    Files.writeString(clone.resolve(file), "edited");
  }

  @Test
  void editedConfigurationBuildsNothing() throws Exception {
    assertThat(run("first")).isZero();

    edit("conf/assay.yaml");

    assertThat(run("second")).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aTemporaryFolderInWhichNothingRunsIsNamed() throws Exception {
    // As on a file system mounted noexec: what is made executable there stays as it was.
    script(folder.resolve("jdk/bin/chmod"), "");

    assertThat(run("first")).isEqualTo(2);

    assertThat(Files.readString(folder.resolve("output.first")))
        .contains("nothing can be run in " + temporary, "set TMPDIR to another folder");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aRunningJobKeepsWhatItRunsOn() throws Exception {
    Path jars = hold("first");
    edit("jobs/src/main/Edited.java");

    assertThat(run("second")).isZero();

    assertThat(builds()).isEqualTo(2);
    assertThat(jars.resolve("one.jar")).exists();
    assertThat(Files.readString(folder.resolve("jars.second")).strip())
        .isNotEqualTo(jars.toString());
    assertThat(clone.resolve("cli/target/assay/jars/one.jar")).exists();
    release("first");
    assertThat(end(started.get(0))).isZero();
  }

  @Test
  void whatNobodyRunsOnGoesWithTheNextBuild() throws Exception {
    assertThat(run("first")).isZero();
    Files.createDirectories(clone.resolve("cli/target/builds/killed/jars"));
    edit("jobs/src/main/Edited.java");
    assertThat(run("second")).isZero();

    try (Stream<Path> builds = Files.list(clone.resolve("cli/target/builds"))) {
      assertThat(builds.filter(Files::isDirectory)).hasSize(1);
    }
  }

  @Test
  void launchersThatStartTogetherBuildOnce() throws Exception {
    Process one = start("one");
    Process other = start("other");

    assertThat(end(one)).isZero();
    assertThat(end(other)).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aBuildThatFailsLeavesTheLastOne() throws Exception {
    Path jars = hold("first");
    script(folder.resolve("jdk/bin/mvn"), "echo '[ERROR] no'; exit 1");
    edit("jobs/src/main/Edited.java");

    assertThat(run("second")).isEqualTo(2);

    assertThat(jars.resolve("one.jar")).exists();
    release("first");
    assertThat(end(started.get(0))).isZero();
  }

  @Test
  void whatMavenHasBuiltByHandRunsAndIsKeptForItsJobs() throws Exception {
    new ProcessBuilder("bash", "-c", "FOLDER=" + folder + " " + folder.resolve("jdk/bin/mvn"))
        .directory(clone.toFile())
        .start()
        .waitFor();
    Path jars = hold("first");
    edit("jobs/src/main/Edited.java");

    assertThat(run("second")).isZero();

    assertThat(jars.resolve("one.jar")).exists();
    release("first");
    assertThat(end(started.get(0))).isZero();
  }

  @Test
  void nothingOfARunThatWasKilledStaysInTheTemporaryFolder() throws Exception {
    hold("first");
    started.get(0).destroyForcibly().waitFor();
    // As if that run had been killed with all that belongs to it, on another day.
    Path abandoned = Files.createDirectories(temporary.resolve("assay-run.abandoned/tmp"));
    Files.createFile(abandoned.resolveSibling("lock"));
    Path kept = Files.createDirectories(temporary.resolve("assay-run.kept/tmp"));
    Files.createFile(kept.resolveSibling("lock"));
    Files.createFile(kept.resolveSibling("kept"));
    Path foreign = Files.createDirectory(temporary.resolve("foreign"));

    assertThat(run("second")).isZero();

    await(
        () -> {
          try (Stream<Path> left = Files.list(temporary)) {
            return left.toList().size() == 2;
          }
        });
    assertThat(kept).exists();
    assertThat(foreign).exists();
  }

  @Test
  void everyFileCanBeNamedWhateverTheLocaleIs() throws Exception {
    assertThat(run("first")).isZero();

    assertThat(folder.resolve("charmap")).hasContent("UTF-8");
  }

  @Test
  void aRunningJobKeepsItsTemporaryFolder() throws Exception {
    hold("first");

    assertThat(run("second")).isZero();

    await(
        () -> {
          try (Stream<Path> left = Files.list(temporary)) {
            return left.toList().size() == 1;
          }
        });
    release("first");
    assertThat(end(started.get(0))).isZero();
  }
}
