package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.rules.EarlyStop;
import dev.assay.score.rules.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStopKeyTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("assay.yaml"), text);
  }

  @Test
  void theShippedCompetitionUnderAssay1StopsModelsAndIsWrittenBackWhole() throws IOException {
    AssayConfiguration loaded =
        AssayConfiguration.load(
            file("evaluation:\n  competitions: competitions-assay-1.yaml\n"), Map.of());

    Policy policy = loaded.competitions().schedule().find(0, "b1").orElseThrow().policy();
    assertThat(policy).isEqualTo(Policy.named(Policy.ASSAY_1).withEarlyStop(new EarlyStop(0.01)));
    assertThat(loaded.effective()).contains("\"early_stop\":{\"error\":0.01}");
  }

  @Test
  void noPolicyButAssay1StopsModelsEarly() throws IOException {
    for (String policy : List.of(Policy.ORIGINAL, Policy.ORIGINAL_RANKED)) {
      Files.writeString(
          folder.resolve("own.yaml"),
          Files.readString(Path.of("..", "conf", "competitions-assay-1.yaml"))
              .replace("policy: assay-1", "policy: " + policy));
      Path file = file("evaluation:\n  competitions: own.yaml\n");

      assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageEndingWith(
              "own.yaml: competition b1: early_stop: is set under policy "
                  + policy
                  + ", where each model's losses on all samples move weights; leave it out, or set"
                  + " policy: assay-1");
    }
  }
}
