package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The localnet's node as Python's async-substrate-interface sees it. */
class SubstrateInterfaceIT {

  @AutoClose private static ValidatorDay day;
  private static JsonNode answer;

  @BeforeAll
  static void run() throws Exception {
    day = ValidatorDay.open();
    answer = PythonScripts.installed().run("substrate_interface.py", day.request(), Map.of(), 240);
  }

  @Test
  void registersCommitsAndSetsWeights() {
    day.assertUnderstood(answer);
    day.assertOnChain(answer);
    byte[] committed = ValidatorDay.COMMITMENT.getBytes(StandardCharsets.UTF_8);
    assertThat(answer.path("stored").asText()).contains(HexFormat.of().formatHex(committed));
  }

  @Test
  void readsMapsConstantsAndHyperparameters() {
    assertThat(answer.path("keys")).hasSize(2);
    assertThat(answer.path("keys").get(1).get(1).asText())
        .isEqualTo(ValidatorDay.address(ValidatorDay.HOTKEY));
    assertThat(answer.path("deposit").asLong()).isEqualTo(500);
    assertThat(answer.path("hyperparameters").path("kappa").asInt()).isEqualTo(32767);
  }

  @Test
  void commitsWeightsThatStayHidden() {
    day.assertHidden(answer);
  }

  @Test
  void watchesBlocks() {
    ValidatorDay.assertChain(answer.path("heads"));
  }

  @Test
  void decodesABlocksCalls() {
    assertThat(ValidatorDay.texts(answer.path("decodedCalls")))
        .contains("Timestamp.set", "SubtensorModule.set_mechanism_weights");
  }
}
