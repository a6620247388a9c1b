package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What schedulers poll: exit codes, JSON names, result files. */
class StatusCommandsIT {
  @AutoClose private static SmallSubnet subnet;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    subnet = SmallSubnet.start(List.of(1_000), 2);
  }

  private record Run(int code, String out, String err) {}

  private Run run(String... words) throws Exception {
    return run(100, words);
  }

  private Run run(int windowBlocks, String... words) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--config");
    all.add(configuration(windowBlocks));
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private String configuration(int windowBlocks) throws Exception {
    return Files.writeString(
            folder.resolve("assay.yaml"),
            """
            chain: {endpoints: ["%s"], netuid: %d}
            window: {blocks: %d}
            submit: {wallets: "%s"}
            paths: {warehouse: "%s", bundles: "%s"}
            """
                .formatted(
                    subnet.address(),
                    SmallSubnet.NETUID,
                    windowBlocks,
                    folder.resolve("wallets"),
                    folder.resolve("tables"),
                    folder.resolve("bundles")))
        .toString();
  }

  @Test
  void aSchedulerLearnsFromTheExitCodeWhetherThereIsSomethingToDo() throws Exception {
    Run early = run(1_000_000, "window", "--json");
    subnet.seal((int) Math.max(0, 100 - subnet.head().number()));
    Path file = folder.resolve("out").resolve("window.json");
    Run open = run("window", "--json", "--result", file.toString());
    JsonNode told = new ObjectMapper().readTree(open.out());

    assertThat(early.code()).isEqualTo(ExitCode.NOTHING_TO_DO);
    assertThat(open.code()).isEqualTo(ExitCode.DONE);
    assertThat(told.get("window").asInt()).isEqualTo(1);
    assertThat(told.get("block").asLong()).isEqualTo(subnet.head().number());
    assertThat(told.get("is_open").asBoolean()).isTrue();
    assertThat(told.get("weights").asText()).isEqualTo("NO_HOTKEY");
    assertThat(told.get("block_time").asText()).endsWith("Z");
    assertThat(new ObjectMapper().readTree(file.toFile())).isEqualTo(told);
    assertThat(run("window").out()).contains("next window", "at block 200");
  }

  @Test
  void statusTellsWhatIsWrongAndWhatIsNext() throws Exception {
    subnet.seal((int) Math.max(0, 100 - subnet.head().number()));
    Run plain = run("status");
    JsonNode told = new ObjectMapper().readTree(run("status", "--json").out());

    assertThat(plain.code()).isEqualTo(ExitCode.DONE);
    assertThat(plain.out())
        .startsWith("ATTENTION: ")
        .contains("evaluation  none yet", "next        assay snapshot", "submit.wallet");
    assertThat(told.get("problems").get(0).get("id").asText()).isEqualTo("hotkey_missing");
    assertThat(run("status", "--check").code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aFailureIsInTheResultFileAndAnEarlierResultIsNot() throws Exception {
    Path file = Files.writeString(folder.resolve("result.json"), "{\"of\": \"an earlier run\"}");
    Run failed = run("snapshot", "--result", file.toString());
    JsonNode told = new ObjectMapper().readTree(file.toFile());

    assertThat(failed.code()).isEqualTo(ExitCode.USAGE);
    assertThat(told.get("exit_code").asInt()).isEqualTo(ExitCode.USAGE);
    assertThat(told.get("error").asText()).contains("feed.endpoint is empty");
    assertThat(told.has("of")).isFalse();
    assertThat(run("window", "--result", "/proc/nowhere/x.json").code()).isEqualTo(ExitCode.USAGE);
  }
}
