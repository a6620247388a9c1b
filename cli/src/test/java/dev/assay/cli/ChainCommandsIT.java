package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.subtensor.Calls;
import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands that read a chain, on one with two validators and two miners. */
class ChainCommandsIT {
  private static final String MODEL =
      "alice:gloss:" + "a".repeat(40) + ":" + "A".repeat(43) + "=:b1";
  private static final String HOSTILE = "<img src=x>\u202e\u001b[2J=1+1";

  @AutoClose private static SmallSubnet subnet;
  private static long before;

  @BeforeAll
  static void live() throws Exception {
    subnet = SmallSubnet.start(List.of(600, 500), 2);
    before = subnet.head().number();
    subnet.setWeights(0, Map.of(2, 65_535, 3, 21_845));
    subnet.done(commitment(MODEL), SmallSubnet.key(2));
    subnet.done(commitment(HOSTILE), SmallSubnet.key(3));
  }

  private static Call commitment(String text) {
    return Calls.setCommitment(SmallSubnet.NETUID, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String run(String command, String... more) {
    return SmallSubnet.run(words(command, more));
  }

  private static String[] words(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                "--endpoint",
                subnet.address().toString(),
                "--netuid",
                String.valueOf(SmallSubnet.NETUID)));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static JsonNode json(String command, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(more));
    words.add("--json");
    return new ObjectMapper().readTree(run(command, words.toArray(String[]::new)));
  }

  @Test
  void theMetagraphShowsMembersInTheOrderAskedFor() throws Exception {
    JsonNode answer = json("metagraph", "--sort", "stake");

    assertThat(answer.get("neurons")).hasSize(4);
    assertThat(answer.at("/neurons/0/uid").asInt()).isZero();
    assertThat(answer.at("/neurons/0/hotkey").asText())
        .isEqualTo(SmallSubnet.key(0).account().ss58());
    assertThat(answer.at("/neurons/0/stake").asLong()).isGreaterThan(599_000_000_000L);
    assertThat(answer.at("/neurons/0/validator_permit").asBoolean()).isTrue();
    assertThat(run("metagraph")).contains("2 with a validator's permit").contains("incentive");
    assertThat(run("metagraph", "--csv").lines()).hasSize(5);
  }

  @Test
  void weightsAreSharesOfWhatAValidatorGives() throws Exception {
    JsonNode weights = json("weights", "--validator", "0").get("weights");

    assertThat(weights).hasSize(2);
    assertThat(weights.at("/0/uid").asInt()).isEqualTo(2);
    assertThat(weights.at("/0/share").asDouble()).isEqualTo(0.75);
    assertThat(run("weights").lines().toList().get(2)).contains("75.00%");
  }

  @Test
  void anEarlierBlockIsReadAsItWas() throws Exception {
    JsonNode answer = json("weights", "--block", String.valueOf(before));

    assertThat(answer.get("block").asLong()).isEqualTo(before);
    assertThat(answer.get("weights")).isEmpty();
  }

  @Test
  void commitmentsNameTheirModelOrSayWhyTheyNameNone() throws Exception {
    JsonNode commitments = json("commitments").get("commitments");

    assertThat(commitments.at("/0/repository").asText()).isEqualTo("alice/gloss");
    assertThat(commitments.at("/0/problem").isNull()).isTrue();
    assertThat(commitments.at("/1/repository").isNull()).isTrue();
    assertThat(commitments.at("/1/problem").asText()).contains("fields");
    assertThat(commitments.at("/1/text").asText()).isEqualTo(HOSTILE);
  }

  @Test
  void noFormShowsWhatAMinerWroteUnescaped() {
    for (String form : List.of("--json", "--csv", "--block=" + subnet.head().number())) {
      assertThat(run("commitments", form)).doesNotContain("\u202e").doesNotContain("\u001b");
    }
  }

  @Test
  void hyperparametersAreReadByName() throws Exception {
    assertThat(json("hyperparameters").at("/values/tempo").asText())
        .isEqualTo(String.valueOf(SmallSubnet.TEMPO));
    assertThat(run("hyperparameters")).contains("immunity_period");
  }

  @Test
  void anUnknownSubnetAndABlockToComeAreToldInALine() {
    assertThat(refused(ExitCode.USAGE, "metagraph", "--netuid=77")).contains("77");
    assertThat(refused(ExitCode.TRY_AGAIN_LATER, "metagraph", "--block=4000000000"))
        .contains("4000000000");
    assertThat(refused(ExitCode.USAGE, "metagraph", "--json", "--csv")).contains("--csv");
  }

  private static String refused(int code, String command, String... more) {
    StringWriter err = new StringWriter();
    List<String> words =
        new ArrayList<>(List.of(command, "--endpoint", subnet.address().toString()));
    words.addAll(List.of(more));
    int exit =
        Main.commandLine().setErr(new PrintWriter(err)).execute(words.toArray(String[]::new));
    assertThat(exit).isEqualTo(code);
    return err.toString();
  }
}
