package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Distances as shares of a model's own way from the base, as lib-score takes them. A fine-tune here
 * moves each weight by about 5 % of a weight's size.
 */
class WeightFingerprintTest {
  private static final byte[] SEED = "hash of a block".getBytes(StandardCharsets.UTF_8);
  private static final ObjectNode CONFIG =
      CheckpointBuilder.llama().put("hidden_size", 48).put("intermediate_size", 96);
  private static final List<ExpectedTensor> TENSORS = tensors();

  private static final TensorWeights BASE = TensorWeights.random(1, 0.02);
  private static final TensorWeights FIRST = BASE.plus(TensorWeights.random(2, 0.001));
  private static final TensorWeights SECOND = BASE.plus(TensorWeights.random(3, 0.001));

  @TempDir Path directory;

  @Test
  void aCopyWithAThousandthOfNoiseIsNear() throws Exception {
    TensorWeights copy = FIRST.plus(TensorWeights.random(4, 0.02 / 1000));

    assertThat(share(fingerprint(FIRST), fingerprint(copy))).isBetween(0.005, 0.05);
  }

  @Test
  void independentFineTunesAreFar() throws Exception {
    assertThat(share(fingerprint(FIRST), fingerprint(SECOND))).isGreaterThan(0.2);
  }

  @Test
  void embeddingsAndHeadsHideNoCopy() throws Exception {
    TensorWeights copy =
        (tensor, count) -> {
          float[] values = FIRST.of(tensor, count);
          if (tensor.contains("embed_tokens") || tensor.contains("lm_head")) {
            values[0] = 1e6f;
          }
          return values;
        };

    assertThat(fingerprint(copy)).containsExactly(fingerprint(FIRST));
  }

  @Test
  void anotherLayerThatMovedFarHidesNoCopy() throws Exception {
    TensorWeights copy =
        (tensor, count) ->
            tensor.startsWith("model.layers.1.mlp")
                ? TensorWeights.random(9, 0.5).of(tensor, count)
                : FIRST.of(tensor, count);

    assertThat(share(fingerprint(FIRST), fingerprint(copy))).isZero();
  }

  @Test
  void aPermutationOfNeuronsMovesNothing() throws Exception {
    int hidden = 48;
    int neurons = 96;
    TensorWeights permuted =
        (tensor, count) -> {
          float[] values = FIRST.of(tensor, count);
          if (tensor.endsWith("gate_proj.weight") || tensor.endsWith("up_proj.weight")) {
            return rowsReversed(values, neurons, hidden);
          }
          return tensor.endsWith("down_proj.weight") ? columnsReversed(values, neurons) : values;
        };
    assertThat(permuted.of("model.layers.0.mlp.up_proj.weight", neurons * hidden))
        .isNotEqualTo(FIRST.of("model.layers.0.mlp.up_proj.weight", neurons * hidden));

    // Sums of a row in another order differ in their last bits.
    assertThat(share(fingerprint(FIRST), fingerprint(permuted))).isLessThan(1e-9);
  }

  @Test
  void orderOfTensorsAndShardsDoNotMatter() throws Exception {
    List<ExpectedTensor> reversed = new ArrayList<>(TENSORS);
    Collections.reverse(reversed);
    Path sharded = write("sharded", CONFIG, TENSORS, FIRST, ElementType.F32);
    Files.delete(sharded.resolve("model.safetensors"));
    WeightsFile.writeShards(sharded, TENSORS, 3, ElementType.F32, FIRST);

    double[] expected = fingerprint(FIRST);
    assertThat(fingerprint(write("reversed", CONFIG, reversed, FIRST, ElementType.F32)))
        .containsExactly(expected);
    assertThat(fingerprint(sharded)).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"BF16", "F16"})
  void aNarrowerFileIsNear(ElementType dtype) throws Exception {
    double[] narrow = fingerprint(write("narrow", CONFIG, TENSORS, FIRST, dtype));

    assertThat(share(fingerprint(FIRST), narrow)).isPositive().isLessThan(0.05);
  }

  @Test
  void aStoredHeadThatIsTiedDoesNotCount() throws Exception {
    ObjectNode tied = CONFIG.deepCopy().put("tie_word_embeddings", true);
    ModelConfig config = ConfigFile.parse(new ObjectMapper().writeValueAsBytes(tied));
    TensorWeights headAsEmbedding =
        (tensor, count) ->
            FIRST.of(tensor.equals("lm_head.weight") ? "model.embed_tokens.weight" : tensor, count);
    double[] without =
        fingerprint(
            write("without", tied, CheckpointBuilder.required(config), FIRST, ElementType.F32));
    double[] with =
        fingerprint(
            write(
                "with",
                tied,
                config.family().expectedTensors(config),
                headAsEmbedding,
                ElementType.F32));

    assertThat(with).containsExactly(without);
  }

  @Test
  void aPermutationOfTheHiddenDimensionsLeavesHalfOfTheNumbers() throws Exception {
    TensorWeights permuted =
        (tensor, count) ->
            tensor.endsWith("up_proj.weight")
                ? columnsReversed(FIRST.of(tensor, count), 48)
                : FIRST.of(tensor, count);

    assertThat(share(fingerprint(FIRST), fingerprint(permuted))).isLessThan(1e-9);
  }

  @Test
  void anotherSeedAddsUpOtherwise() throws Exception {
    Checkpoint checkpoint = open(write("seeds", CONFIG, TENSORS, BASE, ElementType.F32));

    assertThat(checkpoint.fingerprint(SEED))
        .isNotEqualTo(checkpoint.fingerprint("another".getBytes(StandardCharsets.UTF_8)));
  }

  /** One element a row: its signed sum is that element, whose sign the seed decides. */
  @Test
  void numbersAreMeansOfSortedSums() throws Exception {
    TensorWeights counting =
        (tensor, count) -> {
          float[] values = new float[count];
          if (tensor.equals("model.layers.0.mlp.up_proj.weight")) {
            for (int row = 0; row < 96; row++) {
              values[row * 48] = 96 - row;
            }
          }
          return values;
        };
    double[] fingerprint =
        fingerprint(write("counting", CONFIG, TENSORS, counting, ElementType.F32));
    double[] rows = Arrays.stream(fingerprint).filter(value -> value != 0).limit(8).toArray();

    double sign = Math.signum(rows[0]);
    assertThat(Arrays.stream(rows).map(value -> sign * value).sorted())
        .containsExactly(6.5, 18.5, 30.5, 42.5, 54.5, 66.5, 78.5, 90.5);
  }

  @Test
  void refusesWeightsThatAreNotFinite() throws Exception {
    TensorWeights broken =
        (tensor, count) -> {
          float[] values = BASE.of(tensor, count);
          values[count - 1] = tensor.equals("model.layers.1.mlp.up_proj.weight") ? Float.NaN : 0;
          return values;
        };
    Path checkpoint = write("broken", CONFIG, TENSORS, broken, ElementType.F32);

    assertThatThrownBy(() -> fingerprint(checkpoint))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.NON_FINITE_WEIGHT))
        .hasMessage("an element of \"model.layers.1.mlp.up_proj.weight\" is not finite");
  }

  private static List<ExpectedTensor> tensors() {
    try {
      return CheckpointBuilder.required(
          ConfigFile.parse(new ObjectMapper().writeValueAsBytes(CONFIG)));
    } catch (IOException | RejectedCheckpointException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As lib-score's Fingerprint takes it. */
  private double share(double[] original, double[] model) throws Exception {
    double[] base = fingerprint(BASE);
    double[] shares =
        IntStream.range(0, base.length)
            .filter(i -> original[i] != base[i])
            .mapToDouble(i -> Math.abs(model[i] - original[i]) / Math.abs(original[i] - base[i]))
            .sorted()
            .toArray();
    return shares[(int) (0.3 * shares.length)];
  }

  private static float[] rowsReversed(float[] values, int rows, int columns) {
    float[] reversed = new float[values.length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * columns, reversed, (rows - 1 - row) * columns, columns);
    }
    return reversed;
  }

  private static float[] columnsReversed(float[] values, int columns) {
    float[] reversed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i / columns * columns + columns - 1 - i % columns] = values[i];
    }
    return reversed;
  }

  private double[] fingerprint(TensorWeights weights) throws Exception {
    Path at = directory.resolve("model");
    return fingerprint(write(at.toString(), CONFIG, TENSORS, weights, ElementType.F32));
  }

  private static double[] fingerprint(Path checkpoint) throws Exception {
    return open(checkpoint).fingerprint(SEED);
  }

  private static Checkpoint open(Path checkpoint) throws Exception {
    return Checkpoint.open(checkpoint, CheckpointLimits.defaults());
  }

  private Path write(
      String name,
      ObjectNode config,
      List<ExpectedTensor> tensors,
      TensorWeights weights,
      ElementType dtype)
      throws IOException {
    Path checkpoint = Files.createDirectories(directory.resolve(name));
    Files.write(checkpoint.resolve("config.json"), new ObjectMapper().writeValueAsBytes(config));
    WeightsFile.write(checkpoint.resolve("model.safetensors"), tensors, dtype, weights);
    return checkpoint;
  }
}
