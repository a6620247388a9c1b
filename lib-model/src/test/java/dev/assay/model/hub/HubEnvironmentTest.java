package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubEnvironmentTest {
  private static final String PUBLIC = "https://huggingface.co";
  private static final String LOCALNET = "http://127.0.0.1:4000";

  @TempDir Path home;

  @Test
  void ourOwnTokenComesFirstAndGoesToAnyHub() {
    Map<String, String> both = Map.of("ASSAY_HUB_TOKEN", "ours", "HF_TOKEN", "theirs");

    assertThat(token(both, PUBLIC)).contains("ours");
    assertThat(token(both, LOCALNET)).contains("ours");
  }

  @Test
  void theTokenOfEverybodysHubGoesNowhereUnencryptedUnlessTheEndpointIsNamed() {
    Map<String, String> theirs = Map.of("HF_TOKEN", "theirs");

    assertThat(token(theirs, PUBLIC)).contains("theirs");
    assertThat(token(theirs, LOCALNET)).isEmpty();
    assertThat(token(Map.of("HF_TOKEN", "theirs", "HF_ENDPOINT", LOCALNET + "/"), LOCALNET))
        .contains("theirs");
  }

  @Test
  void aStoredTokenIsReadFromTheFolderThatVariablesName() throws IOException {
    Path usual = stored(home.resolve(".cache/huggingface/token"), "usual");
    Path moved = stored(home.resolve("moved/token"), "moved");
    Path named = stored(home.resolve("named"), "named");

    assertThat(token(Map.of(), PUBLIC)).contains("usual");
    assertThat(token(Map.of(), LOCALNET)).isEmpty();
    assertThat(token(Map.of("XDG_CACHE_HOME", home.resolve("x").toString()), PUBLIC)).isEmpty();
    assertThat(token(Map.of("HF_HOME", moved.getParent().toString()), PUBLIC)).contains("moved");
    assertThat(token(Map.of("HF_HOME", "~/moved"), PUBLIC)).contains("moved");
    assertThat(token(Map.of("HF_TOKEN_PATH", named.toString()), PUBLIC)).contains("named");
    Files.writeString(usual, "x".repeat(9000));
    assertThat(token(Map.of(), PUBLIC)).isEmpty();
  }

  @Test
  void downloadsLieWhereTheirToolsPutThem() {
    assertThat(downloads(Map.of())).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(downloads(Map.of("HF_HOME", "/data/hf"))).isEqualTo(Path.of("/data/hf/hub"));
    assertThat(downloads(Map.of("HF_HOME", "/data/hf", "HF_HUB_CACHE", "/scratch")))
        .isEqualTo(Path.of("/scratch"));
  }

  @Test
  void noValueIsShown() {
    assertThat(new HubEnvironment(Map.of("HF_TOKEN", "secret")).toString())
        .doesNotContain("secret");
  }

  private Optional<String> token(Map<String, String> variables, String endpoint) {
    return environment(variables).token(endpoint);
  }

  private Path downloads(Map<String, String> variables) {
    return environment(variables).downloads().root().orElseThrow();
  }

  private HubEnvironment environment(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(Map.of("HOME", home.toString()));
    all.putAll(variables);
    return new HubEnvironment(all);
  }

  private static Path stored(Path file, String token) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, token + "\n");
  }
}
