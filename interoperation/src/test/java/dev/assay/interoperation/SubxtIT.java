package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The localnet's node as subxt sees it, whose types and calls are Rust code that was generated from
 * the node's metadata.
 */
class SubxtIT {
  @AutoClose private static ValidatorDay day;
  private static JsonNode answer;

  @BeforeAll
  static void run() throws Exception {
    day = ValidatorDay.open();
    answer = SubxtProgram.built(day.metadata()).run(day.request(), 240);
  }

  @Test
  void codeGeneratedFromTheMetadataSignsAndSends() {
    assertThat(ValidatorDay.texts(answer.path("registerOwner").path("events")))
        .contains("SubtensorModule.NeuronRegistered");
    assertThat(ValidatorDay.texts(answer.path("commit").path("events")))
        .contains("Commitments.Commitment");
    assertThat(ValidatorDay.texts(answer.path("serve").path("events")))
        .contains("SubtensorModule.AxonServed");
    assertThat(ValidatorDay.texts(answer.path("weights").path("events")))
        .contains("SubtensorModule.WeightsSet");
    day.assertOnChain(answer);
  }

  @Test
  void dispatchErrorsAreNamed() {
    assertThat(answer.path("strangersWeights").path("error").asText())
        .endsWith("SubtensorModule::NeuronNoValidatorPermit");
  }

  @Test
  void storageMapsAndRuntimeCallsAreRead() {
    assertThat(answer.path("uid").asInt()).isEqualTo(1);
    assertThat(answer.path("weightsRead").toString()).isEqualTo("[[0,21845],[1,65535]]");
    assertThat(ValidatorDay.texts(answer.path("hotkeys")))
        .containsExactlyInAnyOrder(
            ValidatorDay.address(ValidatorDay.OWNER_HOTKEY),
            ValidatorDay.address(ValidatorDay.HOTKEY));
    assertThat(answer.path("tempo").asInt()).isEqualTo(ValidatorDay.TEMPO);
  }

  @Test
  void watchesBlocks() {
    ValidatorDay.assertChain(answer.path("heads"));
  }
}
