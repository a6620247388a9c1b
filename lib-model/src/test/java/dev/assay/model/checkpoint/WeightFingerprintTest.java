package dev.assay.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Distances as shares of a model's own distance from the base, as lib-score takes them. A fine-tune
 * here moves each weight by about 5 % of a weight's size.
 */
class WeightFingerprintTest {
  private static final byte[] SEED = "hash of a block".getBytes(UTF_8);
  private static final int DIMENSION = 256;
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

    assertThat(share(fingerprint(FIRST), fingerprint(copy))).isCloseTo(0.02, within(0.004));
  }

  @Test
  void noiseInOneRowOfOneTensorIsNear() throws Exception {
    TensorWeights copy =
        (tensor, count) -> {
          float[] values = FIRST.of(tensor, count);
          if (tensor.equals("model.layers.1.mlp.down_proj.weight")) {
            for (int i = 0; i < 96; i++) {
              values[i] += 0.002f * (i % 2 == 0 ? 1 : -1);
            }
          }
          return values;
        };
    double exact = distance(FIRST, copy) / distance(FIRST, BASE);

    assertThat(share(fingerprint(FIRST), fingerprint(copy))).isCloseTo(exact, within(0.2 * exact));
  }

  @Test
  void independentFineTunesAreFar() throws Exception {
    assertThat(share(fingerprint(FIRST), fingerprint(SECOND)))
        .isCloseTo(Math.sqrt(2), within(0.15));
  }

  /** A change of whole columns meets every sum, although rows are as long as the fingerprint. */
  @Test
  void aChangeOfOneColumnKeepsItsSize() throws Exception {
    ObjectNode config = CONFIG.deepCopy().put("hidden_size", 256).put("intermediate_size", 64);
    List<ExpectedTensor> tensors =
        CheckpointBuilder.required(ConfigFile.parse(new ObjectMapper().writeValueAsBytes(config)));
    TensorWeights column =
        (tensor, count) -> {
          float[] values = BASE.of(tensor, count);
          Random random = new Random(5);
          for (int i = 3; i < count; i += 256) {
            values[i] += (float) (0.001 * random.nextGaussian());
          }
          return values;
        };
    double exact = 0;
    for (ExpectedTensor tensor : tensors) {
      exact += squaredDistance(tensor, BASE, column);
    }

    double[] before = fingerprint(write("before", config, tensors, BASE, Dtype.F32));
    double[] after = fingerprint(write("after", config, tensors, column, Dtype.F32));
    assertThat(distance(before, after)).isCloseTo(Math.sqrt(exact), within(0.2 * Math.sqrt(exact)));
  }

  @Test
  void orderOfTensorsAndShardsDoNotMatter() throws Exception {
    List<ExpectedTensor> reversed = new ArrayList<>(TENSORS);
    Collections.reverse(reversed);
    Path sharded = write("sharded", CONFIG, TENSORS, FIRST, Dtype.F32);
    Files.delete(sharded.resolve("model.safetensors"));
    WeightsFile.writeShards(sharded, TENSORS, 3, Dtype.F32, FIRST);

    double[] expected = fingerprint(FIRST);
    assertThat(fingerprint(write("reversed", CONFIG, reversed, FIRST, Dtype.F32)))
        .containsExactly(expected);
    assertThat(fingerprint(sharded)).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"BF16", "F16"})
  void aNarrowerFileIsNear(Dtype dtype) throws Exception {
    double[] narrow = fingerprint(write("narrow", CONFIG, TENSORS, FIRST, dtype));

    assertThat(share(fingerprint(FIRST), narrow)).isPositive().isLessThan(0.05);
  }

  @Test
  void aStoredHeadThatIsTiedDoesNotCount() throws Exception {
    ObjectNode tied = CONFIG.deepCopy().put("tie_word_embeddings", true);
    ModelConfig config = ConfigFile.parse(new ObjectMapper().writeValueAsBytes(tied));
    double[] without =
        fingerprint(write("without", tied, CheckpointBuilder.required(config), FIRST, Dtype.F32));
    double[] with =
        fingerprint(write("with", tied, config.family().expectedTensors(config), FIRST, Dtype.F32));

    assertThat(with).containsExactly(without);
  }

  @Test
  void anotherSeedProjectsOtherwise() throws Exception {
    Checkpoint checkpoint = open(write("seeds", CONFIG, TENSORS, BASE, Dtype.F32));

    assertThat(checkpoint.fingerprint(SEED, DIMENSION))
        .isNotEqualTo(checkpoint.fingerprint("another".getBytes(UTF_8), DIMENSION));
  }

  /** Recorded from a Python program written from the documentation of {@link WeightFingerprint}. */
  @Test
  void theBitsAreTheSameOnEveryMachine() throws Exception {
    TensorWeights counting =
        (tensor, count) -> {
          float[] values = new float[count];
          for (int i = 0; i < count; i++) {
            values[i] = (i % 251 - tensor.length()) / 7f;
          }
          return values;
        };
    double[] fingerprint = fingerprint(write("counting", CONFIG, TENSORS, counting, Dtype.F32));

    assertThat(fingerprint[0]).isEqualTo(-275.9999981075525);
    assertThat(fingerprint[255]).isEqualTo(-836.1428623646498);
  }

  @Test
  void refusesWeightsThatAreNotFinite() throws Exception {
    TensorWeights broken =
        (tensor, count) -> {
          float[] values = BASE.of(tensor, count);
          values[count - 1] = tensor.equals("model.norm.weight") ? Float.NaN : 0;
          return values;
        };
    Path checkpoint = write("broken", CONFIG, TENSORS, broken, Dtype.F32);

    assertThatThrownBy(() -> fingerprint(checkpoint))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.NON_FINITE_WEIGHT))
        .hasMessage("an element of \"model.norm.weight\" is not finite");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 100, 8192, -64, Integer.MIN_VALUE})
  void refusesADimensionThatIsNoPowerOfTwoInRange(int dimension) throws Exception {
    Checkpoint checkpoint = open(write("plain", CONFIG, TENSORS, BASE, Dtype.F32));

    assertThatThrownBy(() -> checkpoint.fingerprint(SEED, dimension))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a fingerprint of "
                + dimension
                + " numbers; it must be a power of two from 64 to 4096");
  }

  private static List<ExpectedTensor> tensors() {
    try {
      return CheckpointBuilder.required(
          ConfigFile.parse(new ObjectMapper().writeValueAsBytes(CONFIG)));
    } catch (IOException | RejectedCheckpointException e) {
      throw new IllegalStateException(e);
    }
  }

  private double share(double[] original, double[] model) throws Exception {
    return distance(original, model) / distance(original, fingerprint(BASE));
  }

  private static double distance(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }

  private static double distance(TensorWeights a, TensorWeights b) {
    double squares = 0;
    for (ExpectedTensor tensor : TENSORS) {
      squares += squaredDistance(tensor, a, b);
    }
    return Math.sqrt(squares);
  }

  private static double squaredDistance(ExpectedTensor tensor, TensorWeights a, TensorWeights b) {
    float[] ours = a.of(tensor.name(), WeightsFile.elements(tensor));
    float[] theirs = b.of(tensor.name(), WeightsFile.elements(tensor));
    double squares = 0;
    for (int i = 0; i < ours.length; i++) {
      double difference = (double) ours[i] - theirs[i];
      squares += difference * difference;
    }
    return squares;
  }

  private double[] fingerprint(TensorWeights weights) throws Exception {
    Path at = directory.resolve("model");
    return fingerprint(write(at.toString(), CONFIG, TENSORS, weights, Dtype.F32));
  }

  private static double[] fingerprint(Path checkpoint) throws Exception {
    return open(checkpoint).fingerprint(SEED, DIMENSION);
  }

  private static Checkpoint open(Path checkpoint) throws Exception {
    return Checkpoint.open(checkpoint, CheckpointLimits.defaults());
  }

  private Path write(
      String name,
      ObjectNode config,
      List<ExpectedTensor> tensors,
      TensorWeights weights,
      Dtype dtype)
      throws IOException {
    Path checkpoint = Files.createDirectories(directory.resolve(name));
    Files.write(checkpoint.resolve("config.json"), new ObjectMapper().writeValueAsBytes(config));
    WeightsFile.write(checkpoint.resolve("model.safetensors"), tensors, dtype, weights);
    return checkpoint;
  }
}
