package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The localnet's node as polkadot-api (papi) sees it. */
class PapiIT {

  @AutoClose private static ValidatorDay day;
  private static JsonNode answer;

  @BeforeAll
  static void run() throws Exception {
    day = ValidatorDay.open();
    answer = NodeScripts.installed().run("papi.mjs", day.request(), 240);
  }

  @Test
  void registersCommitsAndSetsWeights() {
    day.assertUnderstood(answer);
    day.assertOnChain(answer);
    assertThat(answer.path("commitment").asText()).isEqualTo(ValidatorDay.COMMITMENT);
  }

  @Test
  void commitsWeightsThatStayHidden() {
    day.assertHidden(answer);
  }

  @Test
  void readsHyperparameters() {
    assertThat(answer.path("hyperparameters").path("kappa").asInt()).isEqualTo(32767);
  }

  @Test
  void watchesBlocks() {
    ValidatorDay.assertChain(answer.path("heads"));
  }
}
