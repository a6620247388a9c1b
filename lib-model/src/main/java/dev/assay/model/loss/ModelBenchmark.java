package dev.assay.model.loss;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.Computation;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures how fast this machine computes losses of a checkpoint, compared with matrix
 * multiplication alone.
 */
public final class ModelBenchmark {
  private static final int PRODUCT_SIZE = 2048;
  private static final int SMALL_PRODUCT_SIZE = 512;
  private static final double SLOW_GFLOPS = 2;
  private static final int PRODUCT_ROUNDS = 5;
  private static final double GIGA = 1e9;
  static final NormLimits ANY_NORM = new NormLimits(Double.MAX_VALUE, 1, Double.MAX_VALUE);

  private ModelBenchmark() {}

  /**
   * What was measured.
   *
   * @param losses one per sample, in their order
   * @param tokensPerSecond tokens of prompts and responses; what the first losses pay for the
   *     weights' layout is part of the time
   * @param loadSeconds from the folder to a model that is ready: the gate, the inspection of every
   *     weight, and the mapping; PyTorch itself already started
   * @param peakMemoryMb as {@link PeakMemory} reports it
   * @param modelGflops multiplications and additions that the losses need (linear layers,
   *     attention, logits of counted tokens only), a second
   * @param matmulGflops the best of a few plain products of 2048 × 2048 matrices in the same
   *     precision and threads; of 512 × 512 where the processor has no instructions for it
   */
  public record Result(
      List<SampleLoss> losses,
      double tokensPerSecond,
      double loadSeconds,
      double peakMemoryMb,
      double modelGflops,
      double matmulGflops) {
    public Result {
      losses = List.copyOf(losses);
    }
  }

  /** Opens, inspects and loads a checkpoint, and times all samples once. */
  public static Result run(Path directory, LossOptions options, List<EncodedSample> samples)
      throws IOException, RejectedCheckpointException {
    LossModel.startEngine();
    long loading = System.nanoTime();
    Checkpoint checkpoint = Checkpoint.open(directory, CheckpointLimits.defaults());
    checkpoint.inspect(ANY_NORM);
    try (LossModel model = LossModel.load(checkpoint, options)) {
      double loadSeconds = secondsSince(loading);
      long running = System.nanoTime();
      List<SampleLoss> losses = model.losses(samples);
      double seconds = secondsSince(running);
      double peak = PeakMemory.megabytes();
      long tokens = samples.stream().mapToLong(EncodedSample::length).sum();
      double operations = 0;
      for (int i = 0; i < samples.size(); i++) {
        operations +=
            operations(checkpoint.config(), samples.get(i).length(), losses.get(i).tokens());
      }
      return new Result(
          losses,
          tokens / seconds,
          loadSeconds,
          peak,
          operations / seconds / GIGA,
          matmulGflops(model));
    }
  }

  /** One large product in bf16 takes a minute on a processor that knows f32 alone. */
  private static double matmulGflops(LossModel model) {
    double small = matmulGflops(model, SMALL_PRODUCT_SIZE);
    return small < SLOW_GFLOPS ? small : matmulGflops(model, PRODUCT_SIZE);
  }

  private static double matmulGflops(LossModel model, int size) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < PRODUCT_ROUNDS; round++) {
      best = Math.min(best, model.secondsOfProduct(size));
    }
    return 2.0 * size * size * size / best / GIGA;
  }

  /**
   * Floating-point operations of one sample: two for each weight and token, and attention's two
   * products.
   */
  static double operations(ModelConfig config, int length, int counted) {
    if (counted == 0) {
      return 0;
    }
    Attention attention = config.attention();
    double inputs = length - 1;
    double hidden = config.hiddenSize();
    double seen = 0;
    for (int window : attention.windows()) {
      double full = inputs * (inputs + 1) / 2;
      double beyond = window == 0 ? 0 : Math.max(0, inputs - window);
      seen += full - beyond * (beyond + 1) / 2;
    }
    return 2 * inputs * Computation.layerProducts(config)
        + 4 * seen * attention.querySize()
        + 2.0 * counted * hidden * config.vocabularySize();
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / GIGA;
  }
}
