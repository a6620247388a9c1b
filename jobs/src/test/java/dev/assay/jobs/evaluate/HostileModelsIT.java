package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.CommitmentRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Miners who publish broken and malicious checkpoints: each is refused as the miner's own fault, in
 * printable words, and the honest miners' losses and weights are what they are without them. {@code
 * .ci/long hostile-files} gives it folders of the hostile corpus; here are a few of its own.
 */
@Tag("long")
class HostileModelsIT {
  private static final int FIRST_UID = 10;

  @TempDir private static Path folder;
  private static ThreeMiners honest;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    honest = ThreeMiners.start(folder);
  }

  @AfterAll
  static void stop() {
    honest.close();
  }

  @Test
  void noHostileModelEarnsAnythingOrCostsTheHonestAnything() throws Exception {
    List<CommitmentRow> all = new ArrayList<>(honest.commitments());
    for (Path checkpoint : hostile()) {
      String name = "hostile" + all.size();
      String text = honest.hub().publish(name, checkpoint, name);
      all.add(HubMiners.commitment(FIRST_UID + all.size(), name, 6, text));
    }
    AssayConfiguration configuration =
        HubMiners.configuration(own, honest.hub().address(), Map.of());

    EvaluationReport report = honest.evaluate(configuration, 25, all);

    assertThat(report.vector()).isEqualTo(honest.undisturbed().vector());
    assertThat(report.models().subList(0, 3)).isEqualTo(honest.undisturbed().models());
    assertThat(report.models().subList(3, all.size()))
        .isNotEmpty()
        .allSatisfy(
            model -> {
              assertThat(model.blame()).as(model.toString()).contains("MINER");
              assertThat(model.reason()).matches("[ -~…]{10,600}");
              assertThat(model.weight()).isZero();
            });
  }

  private static List<Path> hostile() throws IOException {
    String folders = System.getProperty("hostile.folders", "");
    return folders.isEmpty() ? ownFew() : Stream.of(folders.split(",")).map(Path::of).toList();
  }

  private static List<Path> ownFew() throws IOException {
    Path truncated = honest.hub().checkpoint("truncated", 11, 1);
    byte[] weights = Files.readAllBytes(truncated.resolve("model.safetensors"));
    Files.write(truncated.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length - 1));
    Path pickled = honest.hub().checkpoint("pickled", 12, 1);
    // Beside good weights it would not even be downloaded.
    Files.move(pickled.resolve("model.safetensors"), pickled.resolve("pytorch_model.bin"));
    Path nested = honest.hub().checkpoint("nested", 13, 1);
    Files.writeString(
        nested.resolve("config.json"), "[".repeat(100_000), StandardCharsets.US_ASCII);
    Path escaping = honest.hub().checkpoint("escaping", 14, 1);
    Files.writeString(escaping.resolve("config.json"), "{\"model_type\": \"\\u001b[2Jllama\\n\"}");
    return List.of(truncated, pickled, nested, escaping);
  }
}
