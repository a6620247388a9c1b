package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that the environment names. */
class EnvironmentHubTest {
  @TempDir private Path folder;

  @Test
  void theEnvironmentsHubStandsInForTheDefaultAndForNoOther() throws IOException {
    Map<String, String> environment = Map.of("HF_ENDPOINT", "https://mirror.example");
    Path silent = Files.writeString(folder.resolve("silent.yaml"), "hub: {silence: 40s}\n");
    Path own =
        Files.writeString(folder.resolve("own.yaml"), "hub: {endpoint: https://a.example}\n");

    assertThat(AssayConfiguration.defaults(environment).hub().endpoint())
        .isEqualTo("https://mirror.example");
    assertThat(AssayConfiguration.load(silent, environment).hub().endpoint())
        .isEqualTo("https://mirror.example");
    assertThat(AssayConfiguration.load(own, environment).hub().endpoint())
        .isEqualTo("https://a.example");
  }
}
