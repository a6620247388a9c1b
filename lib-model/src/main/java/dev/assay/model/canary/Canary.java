package dev.assay.model.canary;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.CheckpointWriter;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two layers of a Llama whose weights are a formula's, and so the same on every machine and exact
 * in bf16. What transformers computes for it in float64 is a constant here.
 */
public final class Canary {
  private static final int VOCABULARY = 512;
  private static final int LENGTH = 96;
  private static final int PROMPT = 16;
  private static final LlamaShape SHAPE = new LlamaShape(VOCABULARY, 64, 128, 2, 4, 2, 128);

  /** By transformers 5.23 in float64; the mean of all counted tokens of the three samples. */
  private static final double LOSS = 6.362643315996957;

  private Canary() {}

  /** The checkpoint, as transformers reads it, in a directory that does not exist yet. */
  public static void write(Path directory) throws IOException {
    Map<String, Integer> ranks = new HashMap<>();
    for (ExpectedTensor tensor : SHAPE.config().family().expectedTensors(SHAPE.config())) {
      ranks.put(tensor.name(), tensor.shape().size());
    }
    CheckpointWriter.write(
        directory,
        SHAPE.config(),
        SHAPE.json(),
        (name, offset, size) -> values(name, ranks.get(name), offset, size),
        Map.of());
  }

  /** Matrices hold multiples of 1/256 around 0, norms multiples of 1/64 around 1. */
  private static float[] values(String name, int rank, long offset, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      int random = (int) (mixed(name.hashCode() * 0x9E3779B97F4A7C15L + offset + i) & 63) - 32;
      values[i] = rank == 1 ? 1 + random / 64f : random / 256f;
    }
    return values;
  }

  /** SplitMix64's finalizer. */
  private static long mixed(long state) {
    long mixed = state * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** What it is asked: three samples, 16 tokens of a prompt before 80 that count. */
  public static List<EncodedSample> samples() {
    return IntStream.range(0, 3)
        .mapToObj(
            sample ->
                IntStream.range(0, LENGTH)
                    .map(index -> (int) (mixed(LENGTH * sample + index) & (VOCABULARY - 1)))
                    .toArray())
        .map(ids -> new EncodedSample(ids, PROMPT))
        .toList();
  }

  /** The mean loss of all counted tokens, in nats. */
  public static double loss() {
    return LOSS;
  }

  /**
   * Computes it on a device.
   *
   * @param parent of a folder that is there in the meantime
   * @throws IOException if that can't be written
   */
  public static CanaryAnswer ask(Path parent, LossOptions options) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(parent), "canary");
    try {
      Path checkpoint = folder.resolve("checkpoint");
      write(checkpoint);
      return answer(Checkpoint.open(checkpoint, CheckpointLimits.defaults()), options);
    } catch (RejectedCheckpointException impossible) {
      throw new IllegalStateException("the canary is no checkpoint", impossible);
    } finally {
      delete(folder);
    }
  }

  private static CanaryAnswer answer(Checkpoint checkpoint, LossOptions options) {
    try (LossModel model = LossModel.load(checkpoint, options.ofSequences(LENGTH))) {
      List<SampleLoss> losses = samples().stream().map(model::loss).toList();
      double sum = losses.stream().mapToDouble(SampleLoss::lossSum).sum();
      int tokens = losses.stream().mapToInt(SampleLoss::tokens).sum();
      return new CanaryAnswer(model.kernel(), options.precision(), sum / tokens);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
