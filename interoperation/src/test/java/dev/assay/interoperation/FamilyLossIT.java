package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.text.EncodedSample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses of fresh random checkpoints of every family, and of every switch of a family, by
 * transformers and by Assay.
 */
class FamilyLossIT {
  /** Of the size "small" of families.py. */
  private static final int SEQUENCE_LENGTH = 160;

  private static final double BF16 = 5e-3;

  /**
   * Where a router's choice is close, rounding sends a token to another expert: transformers' own
   * bf16 means of such models lie up to 2e-2 from its f32 ones.
   */
  private static final double BF16_OF_MIXTURES = 3e-2;

  private static final int CHECKPOINTS = 47 + 66;

  private final ObjectMapper mapper = new ObjectMapper();
  @TempDir private static Path folder;

  @BeforeAll
  static void recordTransformersLosses() throws Exception {
    PythonScripts python = PythonScripts.installed("requirements-model.txt");
    python.run("families.py", List.of(folder.toString(), "--size", "small", "--switches"), 1800);
  }

  static List<String> families() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void everyFamilyAndSwitchIsThere() throws Exception {
    assertThat(families()).hasSize(CHECKPOINTS);
  }

  @ParameterizedTest
  @MethodSource("families")
  void f32LossesAreThoseOfTransformers(String family) throws Exception {
    try (LossModel model = load(family, Precision.F32)) {
      for (JsonNode sample : samples(family)) {
        double[] expected = mapper.convertValue(sample.get("losses"), double[].class);
        float[] losses = model.tokenLosses(new EncodedSample(ids(sample), 0));
        for (int i = 0; i < losses.length; i++) {
          assertThat((double) losses[i]).isCloseTo(expected[i], within(5e-5));
        }
        assertThat(model.loss(encoded(sample)).mean())
            .isCloseTo(mean(sample, expected), within(1e-5));
        assertThat(model.loss(encoded(sample)).mean())
            .isCloseTo(sample.get("f32_mean").doubleValue(), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void bf16MeanIsNearTransformers(String family) throws Exception {
    double ours = 0;
    double theirs = 0;
    double bound = checkpoint(family).config().experts().isPresent() ? BF16_OF_MIXTURES : BF16;
    try (LossModel model = load(family, Precision.BF16)) {
      for (JsonNode sample : samples(family)) {
        ours += model.loss(encoded(sample)).lossSum();
        theirs += sample.get("f32_mean").doubleValue() * model.loss(encoded(sample)).tokens();
      }
      double tokens = tokens(family);
      assertThat(ours / tokens).isCloseTo(theirs / tokens, within(bound));
    }
  }

  private int tokens(String family) throws Exception {
    int tokens = 0;
    for (JsonNode sample : samples(family)) {
      tokens += sample.get("ids").size() - sample.get("prompt_len").intValue();
    }
    return tokens;
  }

  private LossModel load(String family, Precision precision) throws Exception {
    LossOptions options = LossOptions.cpu(precision, 1).ofSequences(SEQUENCE_LENGTH);
    return LossModel.load(checkpoint(family), options);
  }

  private static Checkpoint checkpoint(String family) throws Exception {
    return Checkpoint.open(folder.resolve(family), CheckpointLimits.defaults());
  }

  private JsonNode samples(String family) throws Exception {
    return mapper.readTree(folder.resolve(family + ".json").toFile()).get("samples");
  }

  private int[] ids(JsonNode sample) {
    return mapper.convertValue(sample.get("ids"), int[].class);
  }

  private EncodedSample encoded(JsonNode sample) {
    return new EncodedSample(ids(sample), sample.get("prompt_len").intValue());
  }

  private static double mean(JsonNode sample, double[] losses) {
    int first = sample.get("prompt_len").intValue() - 1;
    return Arrays.stream(losses, first, losses.length).average().orElseThrow();
  }
}
