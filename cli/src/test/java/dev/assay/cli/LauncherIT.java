package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
  void theListOfCommandsThatIsKeptIsTheOneThatIsMade() throws Exception {
    assertThat(List.of(assay(Map.of(), "--help").out(), assay(Map.of(), "help").out()))
        .containsOnly(Main.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
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

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertOneLineOfUsage(
          assay(Map.of(), "demo", "--chain-port", port), "chain", port, "0 for any");
    }
  }

  @Test
  void anOutputFolderOfSomebodyElseIsNamedAndKept(@TempDir Path folder) throws Exception {
    Path precious = Files.writeString(folder.resolve("precious.txt"), "mine");

    assertOneLineOfUsage(
        assay(Map.of(), "demo", "--out", folder.toString()), folder.toString(), "--out");
    assertThat(precious).hasContent("mine");
  }

  @Test
  void anOutputFolderThatCannotBeMadeIsNamed() throws Exception {
    assertOneLineOfUsage(assay(Map.of(), "demo", "--out", "/proc/assay"), "/proc/assay", "--out");
  }

  @Test
  void anUnknownKeyOfTheConfigurationIsNamed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("assay.yaml"), "chain:\n  netuidd: 6\n");

    assertOneLineOfUsage(assay(Map.of(), "snapshot", "--config", file.toString()), "netuidd");
  }

  @Test
  void theStackTraceIsForThoseWhoAskForIt() throws Exception {
    Outcome outcome = assay(Map.of(), "demo", "--out", "/proc/assay", "--verbose");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("at dev.assay.cli.process.OutputFolder");
  }

  @Test
  void scoresOfAFileAreOneJsonObject(@TempDir Path folder) throws Exception {
    Path losses =
        Files.writeString(
            folder.resolve("losses.json"),
            """
            {"models": [
              {"uid": 1, "hotkey": "a", "block": 5, "digest": "x", "losses": [1.0, 2.0]},
              {"uid": 2, "hotkey": "b", "block": 6, "digest": "y", "losses": [0.9, "NaN"]}],
             "previous": {"1": 0.5}}
            """);

    Outcome outcome =
        assay(Map.of(), "score", "--losses", losses.toString(), "--policy", "nous-0.2.7", "--json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(
            new ObjectMapper().readTree(outcome.out()).path("models").path(1).path("wins").asInt())
        .isEqualTo(1);
  }
}
