package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.causal.Layout;
import dev.assay.model.causal.Precision;
import dev.assay.model.causal.ReferenceDecoder;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.RandomSamples;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorded losses of transformers for one tiny random checkpoint of each family; the README beside
 * them says how.
 */
class FamilyLossTest {
  /** Of the recorded samples, whose lengths are 40 and 13. */
  private static final int SEQUENCE_LENGTH = 40;

  private static final double BF16 = 5e-3;

  /**
   * Where a router's choice is close, rounding sends a token to another expert: transformers' own
   * bf16 means of such models lie up to 2e-2 from its f32 ones.
   */
  private static final double BF16_OF_MIXTURES = 3e-2;

  /** One recorded sample; losses are of every token but the first. */
  private record Recorded(EncodedSample sample, List<Double> losses) {
    double mean() {
      return losses.stream()
          .skip(sample.promptLength() - 1)
          .mapToDouble(Double::doubleValue)
          .average()
          .orElseThrow();
    }
  }

  static Stream<String> families() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(Files::isDirectory)
          .map(directory -> directory.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void f32LossesAreThoseOfTransformersInEveryLayout(String family) throws Exception {
    for (Layout layout : EnumSet.of(Layout.PLAIN, Layout.ONEDNN, Layout.fastest(Precision.F32))) {
      LossOptions options =
          LossOptions.cpu(Precision.F32, 1).ofSequences(SEQUENCE_LENGTH).in(layout);
      try (LossModel model = LossModel.load(checkpoint(family), options)) {
        for (Recorded recorded : recorded(family)) {
          float[] losses = model.tokenLosses(new EncodedSample(recorded.sample().ids(), 0));
          for (int i = 0; i < losses.length; i++) {
            assertThat((double) losses[i]).isCloseTo(recorded.losses().get(i), within(5e-5));
          }
          assertThat(model.loss(recorded.sample()).mean()).isCloseTo(recorded.mean(), within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void bf16MeanIsNearTransformers(String family) throws Exception {
    try (LossModel model = load(family, Precision.BF16)) {
      double difference = 0;
      for (Recorded recorded : recorded(family)) {
        difference += model.loss(recorded.sample()).mean() - recorded.mean();
      }
      assertThat(difference / 2).isCloseTo(0, within(bf16Bound(family)));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void theOracleAgrees(String family) throws Exception {
    ReferenceDecoder oracle = new ReferenceDecoder(checkpoint(family), SEQUENCE_LENGTH);
    for (Recorded recorded : recorded(family)) {
      double[] losses = oracle.losses(recorded.sample().ids());
      for (int i = 0; i < losses.length; i++) {
        assertThat(losses[i]).isCloseTo(recorded.losses().get(i), within(5e-6));
      }
    }
  }

  /** Attention goes in blocks of 128 queries; the fixtures' samples are shorter than one. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "gemma2", "gemma3", "qwen2-window", "mixtral"})
  void aSampleOfSeveralBlocksOfQueriesHasTheOraclesLosses(String family) throws Exception {
    Checkpoint checkpoint = checkpoint(family);
    int vocabulary = checkpoint.config().vocabularySize();
    EncodedSample sample = RandomSamples.chains(1, 300, 300, vocabulary).get(0);
    double[] expected = new ReferenceDecoder(checkpoint).losses(sample.ids());
    double mean = Arrays.stream(expected).skip(sample.promptLength() - 1L).average().orElseThrow();
    try (LossModel f32 = LossModel.load(checkpoint, LossOptions.cpu(Precision.F32, 1));
        LossModel bf16 = LossModel.load(checkpoint, LossOptions.cpu(Precision.BF16, 1))) {
      float[] losses = f32.tokenLosses(new EncodedSample(sample.ids(), 0));
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) losses[i]).isCloseTo(expected[i], within(5e-5));
      }
      assertThat(bf16.loss(sample).mean()).isCloseTo(mean, within(bf16Bound(family)));
    }
  }

  private static double bf16Bound(String family) throws Exception {
    return checkpoint(family).config().experts().isPresent() ? BF16_OF_MIXTURES : BF16;
  }

  private static LossModel load(String family, Precision precision) throws Exception {
    LossOptions options = LossOptions.cpu(precision, 1).ofSequences(SEQUENCE_LENGTH);
    return LossModel.load(checkpoint(family), options);
  }

  private static Checkpoint checkpoint(String family) throws Exception {
    return Checkpoint.open(folder().resolve(family), CheckpointLimits.defaults());
  }

  private static List<Recorded> recorded(String family) throws IOException, URISyntaxException {
    JsonNode samples =
        new ObjectMapper().readTree(folder().resolve(family + ".json").toFile()).get("samples");
    return StreamSupport.stream(samples.spliterator(), false)
        .map(
            sample ->
                new Recorded(
                    new EncodedSample(
                        numbers(sample.get("ids")).mapToInt(JsonNode::intValue).toArray(),
                        sample.get("prompt_len").intValue()),
                    numbers(sample.get("losses")).map(JsonNode::doubleValue).toList()))
        .toList();
  }

  private static Stream<JsonNode> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(FamilyLossTest.class.getResource("families"), "the fixtures")
            .toURI());
  }
}
