package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The localnet's node as Python's bittensor SDKs of 9.x and 10.x see it, each by itself. */
class OlderBittensorIT {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"9.12.2", "10.0.1", "10.5.0"})
  void registersCommitsStakesSetsWeightsAndReads(String version) throws Exception {
    try (ValidatorDay day = ValidatorDay.open()) {
      JsonNode answer = run(version, day);

      for (String step : List.of("register", "commit", "stake", "weights")) {
        assertThat(answer.path(step).path("ok").asBoolean())
            .as(step + ": " + answer.path(step).path("words").asText())
            .isTrue();
      }
      assertThat(answer.path("commitment").asText()).isEqualTo(ValidatorDay.COMMITMENT);
      assertThat(answer.path("weightsRead").toString()).isEqualTo("[[0,[[0,65535]]]]");
      assertThat(ValidatorDay.texts(answer.path("metagraph").path("hotkeys")))
          .containsExactly(ValidatorDay.address(ValidatorDay.OWNER_HOTKEY));
      assertThat(answer.path("stakeRead").asLong()).isEqualTo(10_000_000_000L);
      try (Subtensor chain = day.ours()) {
        BlockView head = chain.at(chain.finalizedHead());
        assertThat(head.weights(ValidatorDay.NETUID).get(0)).containsExactly(new Weight(0, 65_535));
        assertThat(
                new String(
                    head.commitments(ValidatorDay.NETUID).get(0).content(), StandardCharsets.UTF_8))
            .isEqualTo(ValidatorDay.COMMITMENT);
        assertThat(stake(head)).isEqualTo(10_000_000_000L);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.12.2", "10.0.1", "10.5.0"})
  void commitsWeightsOfItsOwnAccordWhereTheyAreHidden(String version) throws Exception {
    try (ValidatorDay day = ValidatorDay.hidden()) {
      JsonNode answer = run(version, day);

      assertThat(answer.path("weights").path("ok").asBoolean())
          .as(answer.path("weights").path("words").asText())
          .isTrue();
      assertThat(answer.path("weightsRead")).isEmpty();
      try (Subtensor chain = day.ours()) {
        BlockView head = chain.at(chain.finalizedHead());
        assertThat(
                head.entries(
                    "SubtensorModule", "TimelockedWeightCommits", Value.of(ValidatorDay.NETUID)))
            .hasSize(1);
      }
    }
  }

  private static long stake(BlockView block) {
    return block
        .storage(
            "SubtensorModule",
            "TotalHotkeyAlpha",
            Value.of(ValidatorDay.account(ValidatorDay.OWNER_HOTKEY).bytes()),
            Value.of(ValidatorDay.NETUID))
        .orElseThrow()
        .asLong();
  }

  private JsonNode run(String version, ValidatorDay day) throws Exception {
    Path wallets = home.resolve("wallets");
    Wallet wallet = new Wallet(wallets, "owner", "default");
    wallet.storeColdkey(Keypair.fromUri("//Alice"));
    wallet.storeHotkey(Keypair.fromUri(ValidatorDay.OWNER_HOTKEY));
    Map<String, Object> request = new HashMap<>(day.request());
    request.put("wallets", wallets.toString());
    return PythonScripts.alone("bittensor-" + version)
        .run("older_bittensor.py", request, Map.of("HOME", home.toString()), 240);
  }
}
