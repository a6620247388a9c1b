package dev.assay.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.causal.ReferenceDecoder;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.TensorEntry;
import dev.assay.model.text.EncodedSample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four steps, against AdamW's formulas in plain Java and float64 (Loshchilov and Hutter, algorithm
 * 2; betas 0.9 and 0.95). The gradient is what the first moment says it was, and is itself compared
 * with differences of the oracle's losses.
 */
class OptimiserTest {
  private static final int STEPS = 4;
  private static final double RATE = 0.01;
  private static final double LEAST_SHARE = 0.1;
  private static final double DECAY = 0.1;
  private static final double LARGEST_NORM = 0.5;
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(
          STEPS,
          BatchSize.ofSamples(4, 1),
          new LearningRate(RATE, Schedule.COSINE, LEAST_SHARE, 2),
          DECAY,
          LARGEST_NORM,
          5,
          1,
          false);
  private static final List<EncodedSample> SAMPLES = RandomSamples.chains(4, 12, 16, 50);

  /** All parameters and their moments, in the order of the checkpoint's tensors. */
  private record State(List<float[]> values, List<float[]> first, List<float[]> second) {}

  @TempDir private Path folder;
  private Checkpoint start;
  private final List<State> states = new ArrayList<>();
  private final List<TrainingStep> steps = new ArrayList<>();

  @BeforeEach
  void train() throws Exception {
    LlamaShape shape = new LlamaShape(50, 16, 24, 2, 4, 2, 128);
    Initialisation.write(folder.resolve("start"), shape, 7, Map.of());
    start = Checkpoint.open(folder.resolve("start"), CheckpointLimits.defaults());
    try (Trainer trainer = Trainer.open(start, OPTIONS)) {
      for (int step = 0; step <= STEPS; step++) {
        trainer.run(SAMPLES, step, steps::add);
        Path file = folder.resolve("state-" + step);
        trainer.saveState(file);
        states.add(state(file));
      }
    }
  }

  @Test
  void ratesWarmUpAndThenFollowAHalfCosine() {
    double half = LEAST_SHARE + (1 - LEAST_SHARE) / 2;

    assertThat(steps)
        .extracting(TrainingStep::learningRate)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
        .containsExactly(RATE / 2, RATE, RATE, RATE * half);
  }

  @Test
  void gradientsAreClippedToTheirLargestNorm() {
    for (int step = 1; step <= STEPS; step++) {
      double squares = 0;
      for (int parameter = 0; parameter < start.tensors().size(); parameter++) {
        for (double g : gradient(step, parameter)) {
          squares += g * g;
        }
      }
      double norm = steps.get(step - 1).gradientNorm();
      assertThat(Math.sqrt(squares)).isCloseTo(Math.min(norm, LARGEST_NORM), within(1e-5));
    }
    assertThat(steps.get(0).gradientNorm()).isGreaterThan(LARGEST_NORM);
  }

  @Test
  void momentsAndWeightsFollowTheFormulas() {
    int parameter = 0;
    for (TensorEntry tensor : start.tensors().values()) {
      double decay = tensor.shape().size() > 1 ? DECAY : 0;
      for (int step = 1; step <= STEPS; step++) {
        requireStep(step, parameter, decay);
      }
      parameter++;
    }
  }

  private void requireStep(int step, int parameter, double decay) {
    double rate = steps.get(step - 1).learningRate();
    double[] gradient = gradient(step, parameter);
    float[] before = states.get(step - 1).values().get(parameter);
    float[] secondBefore = states.get(step - 1).second().get(parameter);
    float[] after = states.get(step).values().get(parameter);
    float[] first = states.get(step).first().get(parameter);
    float[] second = states.get(step).second().get(parameter);
    for (int i = 0; i < gradient.length; i++) {
      double variance = 0.95 * secondBefore[i] + 0.05 * gradient[i] * gradient[i];
      assertThat((double) second[i]).isCloseTo(variance, within(1e-5 * variance + 1e-12));
      double mean = first[i] / (1 - Math.pow(0.9, step));
      double deviation = Math.sqrt(second[i] / (1 - Math.pow(0.95, step)));
      double expected = before[i] * (1 - rate * decay) - rate * mean / (deviation + 1e-8);
      assertThat((double) after[i]).isCloseTo(expected, within(2e-7));
    }
  }

  /** The largest element of each tensor's gradient, before clipping, as a central difference. */
  @Test
  void gradientsAreThoseOfTheOracle() throws Exception {
    double clipping = LARGEST_NORM / steps.get(0).gradientNorm();
    int parameter = 0;
    for (TensorEntry tensor : start.tensors().values()) {
      double[] gradient = gradient(1, parameter++);
      int largest = 0;
      for (int i = 0; i < gradient.length; i++) {
        largest = Math.abs(gradient[i]) > Math.abs(gradient[largest]) ? i : largest;
      }
      double slope = slope(tensor, largest);
      assertThat(gradient[largest] / clipping)
          .as(tensor.name())
          .isCloseTo(slope, within(1e-3 * Math.abs(slope)));
    }
  }

  private double slope(TensorEntry tensor, int element) throws Exception {
    float weight = values(tensor.file(), tensor)[element];
    float above = weight + 0x1p-10f;
    float below = weight - 0x1p-10f;
    double difference = meanLoss(tensor, element, above) - meanLoss(tensor, element, below);
    put(tensor, element, weight);
    return difference / (above - below);
  }

  private double meanLoss(TensorEntry tensor, int element, float weight) throws Exception {
    put(tensor, element, weight);
    ReferenceDecoder oracle = new ReferenceDecoder(start);
    double sum = 0;
    int counted = 0;
    for (EncodedSample sample : SAMPLES) {
      double[] losses = oracle.losses(sample.ids());
      for (int i = sample.promptLength() - 1; i < losses.length; i++) {
        sum += losses[i];
        counted++;
      }
    }
    return sum / counted;
  }

  private static void put(TensorEntry tensor, int element, float weight) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, weight);
    try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.WRITE)) {
      channel.write(bytes, tensor.offset() + 4L * element);
    }
  }

  /** What the first moment took in with this step. */
  private double[] gradient(int step, int parameter) {
    float[] before = states.get(step - 1).first().get(parameter);
    float[] after = states.get(step).first().get(parameter);
    double[] gradient = new double[after.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (after[i] - 0.9 * before[i]) / 0.1;
    }
    return gradient;
  }

  /** Three times every tensor: values, first and second moments; the header is not looked at. */
  private State state(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(Math.toIntExact(8 + bytes.getLong()));
    State state = new State(tensors(bytes), tensors(bytes), tensors(bytes));
    assertThat(bytes.hasRemaining()).isFalse();
    return state;
  }

  private List<float[]> tensors(ByteBuffer bytes) {
    List<float[]> tensors = new ArrayList<>();
    for (TensorEntry tensor : start.tensors().values()) {
      tensors.add(next(bytes, tensor));
    }
    return tensors;
  }

  private static float[] values(Path file, TensorEntry tensor) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return next(bytes.position(Math.toIntExact(tensor.offset())), tensor);
  }

  private static float[] next(ByteBuffer bytes, TensorEntry tensor) {
    float[] values = new float[Math.toIntExact(tensor.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getFloat();
    }
    return values;
  }
}
