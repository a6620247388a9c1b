package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How every command tells what it does: quietly, as JSON, without colours. */
class EverywhereOptionsIT {
  @AutoClose private static SmallSubnet subnet;

  @TempDir private Path folder;

  private record Said(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    subnet = SmallSubnet.start(List.of(1_000), 2);
  }

  private Said say(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    line.addAll(words);
    return say(environment, new ProcessBuilder(line));
  }

  private Said say(Map<String, String> environment, ProcessBuilder builder)
      throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    builder.redirectError(err.toFile()).environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(err));
  }

  /** A command that has much to tell while it works. */
  private Said validate(String option) throws Exception {
    if (!Files.exists(folder.resolve("wallets"))) {
      new Wallet(folder.resolve("wallets"), "default", "default").storeHotkey(SmallSubnet.key(0));
    }
    Path file =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            chain: {endpoints: ["%s"], netuid: %d}
            window: {blocks: 1000000}
            submit: {wallets: "%3$s/wallets"}
            paths: {warehouse: "%3$s/tables", bundles: "%3$s/bundles"}
            validator: {poll: 100ms}
            """
                .formatted(subnet.address(), SmallSubnet.NETUID, folder));
    List<String> words =
        new ArrayList<>(List.of("validator", "--windows", "1", "--config", file.toString()));
    words.addAll(List.of(option).stream().filter(word -> !word.isEmpty()).toList());
    return say(Map.of(), words);
  }

  @Test
  void quietLeavesOutAllButFailures() throws Exception {
    Said usual = validate("");
    Said quiet = validate("--quiet");
    Said failed = say(Map.of(), List.of("config", "check", "--config", "/nowhere.yaml", "--quiet"));

    assertThat(usual.err()).contains("starts");
    assertThat(quiet).isEqualTo(new Said(ExitCode.DONE, "", ""));
    assertThat(failed.code()).isNotZero();
    assertThat(failed.err()).startsWith("assay: ").contains("/nowhere").hasLineCount(1);
  }

  @Test
  void logJsonIsOneObjectALineAndSoIsAFailure() throws Exception {
    Said told = validate("--log-json");
    Said failed =
        say(Map.of(), List.of("config", "check", "--config", "/nowhere.yaml", "--log-json"));

    assertThat(told.code()).isEqualTo(ExitCode.DONE);
    assertThat(told.err().lines()).hasSizeGreaterThan(1).allSatisfy(this::requireLogged);
    assertThat(told.err()).contains("\"kind\":\"line\"", " starts\"");
    assertThat(failed.err()).contains("\"kind\":\"failure\"").hasLineCount(1);
    requireLogged(failed.err());
  }

  private void requireLogged(String line) throws IOException {
    JsonNode object = new ObjectMapper().readTree(line);
    assertThat(object.size()).isEqualTo(3);
    assertThat(Instant.parse(object.get("at").asText())).isAfter(Instant.EPOCH);
    assertThat(object.get("kind").asText()).isIn("stage", "line", "progress", "failure");
    assertThat(object.get("text").asText()).isNotBlank();
  }

  @Test
  void noColourIsShownWhereNobodyWantsIt() throws Exception {
    List<String> help = List.of("validator", "--help");

    assertThat(say(Map.of("CLICOLOR_FORCE", "1"), help).out()).contains("\u001b[");
    assertThat(say(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), help).out())
        .contains("--windows")
        .doesNotContain("\u001b");
    assertThat(say(Map.of(), help).out()).doesNotContain("\u001b");
  }

  @Test
  void bashCompletesCommandsOptionsAndTheirValues() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, say(Map.of(), List.of("completion")).out());

    assertThat(completed(script, "val")).containsExactly("validator");
    assertThat(completed(script, "validator --win")).containsExactly("--windows");
    assertThat(completed(script, "localnet u")).containsExactly("up");
    assertThat(completed(script, "demo --policy assay")).containsExactly("assay-1");
  }

  /** What bash would offer; only its line editor has compopt. */
  private List<String> completed(Path script, String typed) throws Exception {
    String ask =
        """
        set -e; . "$0"; complete -p assay >/dev/null; compopt() { :; }
        COMP_WORDS=(assay %1$s); COMP_LINE="assay %1$s"; COMP_POINT=${#COMP_LINE}
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_assay; printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(typed);
    Said said = say(Map.of(), new ProcessBuilder("bash", "-c", ask, script.toString()));
    assertThat(said.err()).isEmpty();
    return said.out().lines().map(String::strip).toList();
  }
}
