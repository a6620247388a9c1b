package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The localnet's node as @polkadot/api sees it. */
class PolkadotApiIT {

  @AutoClose private static ValidatorDay day;
  private static JsonNode answer;

  @BeforeAll
  static void run() throws Exception {
    day = ValidatorDay.open();
    answer = NodeScripts.installed().run("polkadot-api-js.mjs", day.request(), 240);
  }

  @Test
  void readsTheChainsProperties() {
    JsonNode properties = answer.path("properties");

    assertThat(properties.path("ss58Format").asInt()).isEqualTo(42);
    assertThat(properties.path("tokenDecimals").toString()).isEqualTo("[9]");
    assertThat(properties.path("tokenSymbol").toString()).isEqualTo("[\"TAO\"]");
    assertThat(answer.path("name").asText()).isEqualTo("node-subtensor");
    assertThat(answer.path("existentialDeposit").asText()).isEqualTo("500");
  }

  @Test
  void registersCommitsAndSetsWeights() {
    day.assertUnderstood(answer);
    day.assertOnChain(answer);
    assertThat(answer.path("commitment").asText()).isEqualTo(ValidatorDay.COMMITMENT);
  }

  @Test
  void namesADispatchError() {
    assertThat(answer.path("registerAgain").path("error").asText())
        .isEqualTo("HotKeyAlreadyRegisteredInSubNet");
  }

  @Test
  void readsMetagraphNeuronsAndHyperparameters() {
    JsonNode hyperparameters = answer.path("hyperparameters");

    assertThat(ValidatorDay.texts(answer.path("selective")))
        .isEqualTo(ValidatorDay.texts(answer.path("metagraph").path("hotkeys")));
    assertThat(answer.path("neurons")).hasSize(2);
    assertThat(hyperparameters.path("v1").path("kappa").asInt()).isEqualTo(32767);
    assertThat(hyperparameters.path("v2").path("yumaVersion").asInt()).isPositive();
    assertThat(hyperparameters.path("v3").findValuesAsText("u16")).contains("32767");
  }

  @Test
  void commitsWeightsThatStayHidden() {
    day.assertHidden(answer);
  }

  @Test
  void watchesBlocksDecodesThemAndAsksFees() {
    ValidatorDay.assertChain(answer.path("heads"));
    assertThat(ValidatorDay.texts(answer.path("decodedCalls")))
        .contains("timestamp.set", "subtensorModule.setMechanismWeights");
    assertThat(answer.path("fee").asLong()).isPositive();
  }
}
