package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.StorageItem;
import dev.assay.chain.subtensor.Subtensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The localnet's node as the newest Python bittensor SDK sees it. The SDK keeps a chain's metadata
 * under the home folder, so each run has one of its own.
 */
class BittensorSdkIT {

  private static PythonScripts python;

  @TempDir Path home;

  @BeforeAll
  static void install() throws Exception {
    python = PythonScripts.installed();
  }

  @Test
  void registersCommitsSetsWeightsAndReads() throws Exception {
    try (ValidatorDay day = ValidatorDay.open()) {
      JsonNode answer = run(day);

      assertThat(answer.path("registerOwner").path("shielded").asBoolean()).isTrue();
      assertThat(answer.path("register").path("shielded").asBoolean()).isTrue();
      assertThat(answer.path("uid").asInt()).isEqualTo(1);
      assertThat(ValidatorDay.texts(answer.path("weights").path("events")))
          .contains("SubtensorModule.WeightsSet");
      assertThat(answer.path("commitment").asText()).contains(ValidatorDay.COMMITMENT);
      assertThat(answer.path("weightsRead").path("0").path("1").asDouble()).isEqualTo(0.75);
      assertThat(answer.path("strangersWeights").path("error").asText())
          .contains("Neuron no validator permit");
      List<String> hotkeys =
          List.of(
              ValidatorDay.address(ValidatorDay.OWNER_HOTKEY),
              ValidatorDay.address(ValidatorDay.HOTKEY));
      assertThat(ValidatorDay.texts(answer.path("metagraph").path("hotkeys"))).isEqualTo(hotkeys);
      assertThat(ValidatorDay.texts(answer.path("neurons"))).isEqualTo(hotkeys);
      assertThat(answer.path("hyperparameters").path("kappa").asInt()).isEqualTo(32767);
      assertThat(answer.path("heads")).hasSize(3);
      day.assertWeightsAndCommitment(Hash.fromHex(answer.path("weights").path("block").asText()));
    }
  }

  @Test
  void commitsWeightsOfItsOwnAccordWhereTheyAreHidden() throws Exception {
    try (ValidatorDay day = ValidatorDay.hidden()) {
      JsonNode answer = run(day);

      assertThat(answer.path("weights").path("ok").asBoolean()).isTrue();
      assertThat(answer.path("weightsRead")).isEmpty();
      // The SDK encrypts to drand's quicknet, which no local beacon can open: the commit is stored
      // and read back, the reveal itself is tested with our client.
      try (Subtensor chain = day.ours()) {
        List<StorageItem> commits =
            chain
                .at(Hash.fromHex(answer.path("weights").path("block").asText()))
                .entries(
                    "SubtensorModule", "TimelockedWeightCommits", Value.of(ValidatorDay.NETUID));
        assertThat(commits).hasSize(1);
        assertThat(commits.get(0).value().toString()).isNotEmpty();
      }
    }
  }

  private JsonNode run(ValidatorDay day) throws Exception {
    return python.run("bittensor_sdk.py", day.request(), Map.of("HOME", home.toString()), 240);
  }
}
