package dev.assay.jobs.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.storage.FolderPlace;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {
  @TempDir private Path folder;
  private Bundles bundles;

  @BeforeEach
  void write() throws Exception {
    bundles = new Bundles(new FolderPlace(folder));
    bundle("ab12", 9);
    bundle("ab34", 120);
    bundle("cd56", 30);
    Files.createDirectory(folder.resolve("ef78"));
  }

  private void bundle(String id, long block) {
    ScoringInput input = new ScoringInput(1, 1, List.of(), Standings.none(), WeightLimits.NONE);
    new BundleFolder(folder.resolve(id))
        .write(
            Bundle.of(
                Map.of("evaluation", id, "block", Long.toString(block)),
                input,
                Scoring.score(input),
                "{}",
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of()));
  }

  private String found(String name) {
    return Path.of(bundles.named(name).address()).getFileName().toString();
  }

  @Test
  void aBundleIsFoundByItsIdByItsFirstDigitsAndAsTheLatest() {
    assertThat(found("ab12")).isEqualTo("ab12");
    assertThat(found("c")).isEqualTo("cd56");
    assertThat(found("latest")).as("by its block, not by its name").isEqualTo("ab34");
  }

  @Test
  void aNameOfNoneOrOfSeveralIsRefusedWithTheNextStep() {
    assertThatThrownBy(() -> bundles.named("ab"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("2 bundles")
        .hasMessageContaining("write more of the id");
    assertThatThrownBy(() -> bundles.named("ef"))
        .as("half a bundle is none")
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(
            () -> new Bundles(new FolderPlace(folder.resolve("missing"))).named("latest"))
        .hasMessageContaining("correct paths.bundles");
  }

  @Test
  void pathsAreNoNames() {
    assertThat(Bundles.isName("latest")).isTrue();
    assertThat(Bundles.isName("3f9a")).isTrue();
    assertThat(Bundles.isName("loop/bundles/3f")).isFalse();
    assertThat(Bundles.isName("..")).isFalse();
  }
}
