package dev.assay.model.train;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How far the losses of samples in sorted batches are from those of each sample by itself, in f32
 * on this machine's processor: the padding of a batch and the order of its sums must not matter.
 */
public final class BatchBenchmark {
  private static final LlamaShape SHAPE = new LlamaShape(512, 256, 704, 6, 8, 4, 512);
  private static final int LONGEST = 400;
  private static final int PROMPT = 8;

  /** Thrice a new model's, so that losses differ from token to token as a trained model's do. */
  private static final double DEVIATION = 0.06;

  private BatchBenchmark() {}

  /**
   * What was measured.
   *
   * @param samples of 9 to 400 tokens
   * @param difference the largest of any sample's mean loss, in nats
   */
  public record Result(int samples, double difference) {}

  /**
   * Makes a model and samples up and computes their losses both ways.
   *
   * @param folder where the model is written; must not exist
   */
  public static Result run(Path folder, int samples, long seed) throws IOException {
    write(folder, seed);
    List<EncodedSample> made = samples(samples, seed);
    LossOptions options = LossOptions.cpu(Precision.F32, 1).ofSequences(LONGEST);
    List<SampleLoss> single = losses(folder, options, made);
    List<SampleLoss> batched = losses(folder, options.sorted(), made);
    double largest = 0;
    for (int i = 0; i < samples; i++) {
      largest = Math.max(largest, Math.abs(single.get(i).mean() - batched.get(i).mean()));
    }
    return new Result(samples, largest);
  }

  private static List<SampleLoss> losses(
      Path folder, LossOptions options, List<EncodedSample> samples) throws IOException {
    try (LossModel model =
        LossModel.load(Checkpoint.open(folder, CheckpointLimits.defaults()), options)) {
      return model.losses(samples);
    } catch (RejectedCheckpointException impossible) {
      throw new IllegalStateException("a model of our own is no checkpoint", impossible);
    }
  }

  private static void write(Path folder, long seed) throws IOException {
    Map<String, SplittableRandom> sequences = new HashMap<>();
    CheckpointWriter.write(
        folder,
        SHAPE.config(),
        SHAPE.json(),
        (name, offset, size) -> {
          float[] values = new float[size];
          if (name.contains("norm")) {
            Arrays.fill(values, 1);
            return values;
          }
          SplittableRandom random =
              sequences.computeIfAbsent(
                  name, tensor -> new SplittableRandom(seed + tensor.hashCode()));
          for (int i = 0; i < size; i++) {
            values[i] = (float) (DEVIATION * random.nextGaussian());
          }
          return values;
        },
        Map.of());
  }

  private static List<EncodedSample> samples(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<EncodedSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(PROMPT + 1, LONGEST + 1);
      samples.add(
          new EncodedSample(random.ints(length, 0, SHAPE.vocabularySize()).toArray(), PROMPT));
    }
    return samples;
  }
}
