package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.chain.subtensor.Calls;
import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code assay train} from what a hub holds and a subnet's miners have committed. */
class TrainFromSubnetIT {
  private static final int MINER = 1;
  private static final int IDLE = 2;

  @TempDir private static Path folder;
  @AutoClose private static SmallSubnet subnet;
  @AutoClose private static HubOfOneModel hub;
  private static Path settings;
  private static Path samples;
  private static String commit;

  @BeforeAll
  static void live() throws Exception {
    subnet = SmallSubnet.start(List.of(600), 2);
    hub = HubOfOneModel.start(folder);
    String text = hub.publish(SmallSubnet.key(MINER).account().ss58());
    commit = text.split(":", -1)[2];
    subnet.done(
        Calls.setCommitment(SmallSubnet.NETUID, text.getBytes(StandardCharsets.UTF_8)),
        SmallSubnet.key(MINER));
    settings = folder.resolve("assay.yaml");
    Files.writeString(
        settings,
        "chain: {endpoints: ['%s'], netuid: %d}%nhub: {endpoint: '%s'}%nevaluation: {cache: '%s'}%n"
            .formatted(
                subnet.address(), SmallSubnet.NETUID, hub.address(), folder.resolve("cache")));
    samples = folder.resolve("samples.jsonl");
    Files.writeString(
        samples, "{\"ids\": [72, 101, 108, 108, 111], \"prompt_len\": 2}\n".repeat(4));
  }

  private record Ended(int code, String words, String complaint) {}

  private static Ended train(String from, String out) {
    StringWriter words = new StringWriter();
    StringWriter complaint = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(words)).setErr(new PrintWriter(complaint));
    List<String> arguments = new ArrayList<>(List.of("train", "--from", from, "--json"));
    arguments.addAll(List.of("--config", settings.toString(), "--samples", samples.toString()));
    arguments.addAll(List.of("--out", folder.resolve(out).toString(), "--steps", "1"));
    int code = command.execute(arguments.toArray(String[]::new));
    return new Ended(code, words.toString(), complaint.toString());
  }

  private static void requireTrained(String from, String out) throws Exception {
    Ended ended = train(from, out);

    assertThat(ended.code()).as(ended.complaint()).isEqualTo(ExitCode.DONE);
    assertThat(JsonMapper.builder().build().readTree(ended.words()).get("from").textValue())
        .isEqualTo("miners/model@" + commit);
    assertThat(folder.resolve(out).resolve("model.safetensors")).isNotEmptyFile();
  }

  @Test
  void aHubsModelIsTakenAtItsNewestCommitOrAtOneThatIsNamed() throws Exception {
    requireTrained("miners/model", "newest");
    requireTrained("miners/model@" + commit, "named");
    assertThat(train("miners/model@main", "branch").complaint()).contains("no commit of 40 hex");
    assertThat(train("miners/nothing", "nothing").complaint()).contains("--from: ");
  }

  @Test
  void aUidsModelAndTheOneThatEarnsMostComeFromTheChain() throws Exception {
    requireTrained("uid:" + MINER, "uid");
    Ended idle = train("uid:" + IDLE, "idle");
    assertThat(idle.code()).isEqualTo(ExitCode.USAGE);
    assertThat(idle.complaint()).contains("has committed no model");

    assertThat(train("best", "early").complaint()).contains("no committed model earns anything");
    subnet.setWeights(0, Map.of(MINER, 65_535));
    subnet.seal(SmallSubnet.TEMPO + 1);
    requireTrained("best", "best");
  }
}
