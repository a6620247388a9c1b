package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real launcher, as a newcomer does. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("..", "assay").toAbsolutePath().normalize();

  record Outcome(int exitCode, String out, String err) {}

  private static Outcome assay(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of("bash", LAUNCHER.toString()), Stream.of(words)).toList());
    builder.environment().putAll(environment);
    Process process = builder.start();
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String out = text(process.getInputStream());
    return new Outcome(process.waitFor(), out, err.join());
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertOneLineOfUsage(Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).startsWith("assay: ").contains(parts);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void helpTeachesTheFirstCommand() throws Exception {
    Outcome outcome = assay(Map.of(), "--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("assay demo", "Exit codes");
  }

  @Test
  void anUnknownFlagIsNamedWithTheNextStep() throws Exception {
    assertOneLineOfUsage(assay(Map.of(), "--nope"), "--nope", "assay --help");
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed(@TempDir Path empty) throws Exception {
    assertOneLineOfUsage(
        assay(Map.of("JAVA_HOME", empty.toString()), "--help"), empty.toString(), "JDK 17");
  }

  @Test
  void anOldJavaIsRefusedWithItsVersion(@TempDir Path home) throws Exception {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.write(java, List.of("#!/bin/sh", "echo '    java.specification.version = 11' >&2"));
    assertThat(java.toFile().setExecutable(true)).isTrue();

    assertOneLineOfUsage(
        assay(Map.of("JAVA_HOME", home.toString()), "--help"), "Java 11", "JDK 17");
  }
}
