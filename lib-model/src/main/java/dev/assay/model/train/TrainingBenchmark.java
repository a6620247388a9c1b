package dev.assay.model.train;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.loss.PeakMemory;
import dev.assay.model.text.EncodedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures how fast this machine trains a checkpoint: so many samples a step, in their order. */
public final class TrainingBenchmark {
  private static final double NANOSECONDS = 1e9;

  private TrainingBenchmark() {}

  /**
   * What was measured.
   *
   * @param losses of each step, before its update
   * @param tokensPerSecond input tokens, padding not included, of all steps but the first, which
   *     pays for what is made once
   * @param peakMemoryMb as {@link PeakMemory} reports it
   */
  public record Result(List<Double> losses, double tokensPerSecond, double peakMemoryMb) {
    public Result {
      losses = List.copyOf(losses);
    }
  }

  /**
   * Takes one step for each full batch of the samples.
   *
   * @param adapters what is trained instead of all weights
   * @param options with as many samples a batch as one step takes, and at least that many steps
   * @throws IllegalArgumentException if the samples make fewer than two batches
   */
  public static Result run(
      Checkpoint checkpoint,
      Optional<Adapters> adapters,
      TrainingOptions options,
      List<EncodedSample> samples) {
    int batch = options.batch().samples();
    if (samples.size() / batch < 2) {
      throw new IllegalArgumentException(
          samples.size() + " samples make fewer than two batches of " + batch);
    }
    List<Double> losses = new ArrayList<>();
    long tokens = 0;
    long begin = 0;
    try (Trainer trainer = open(checkpoint, adapters, options)) {
      for (int step = 0; step < samples.size() / batch; step++) {
        if (step == 1) {
          begin = System.nanoTime();
        }
        List<EncodedSample> taken = samples.subList(step * batch, (step + 1) * batch);
        trainer.run(taken, step + 1, done -> losses.add(done.loss()));
        tokens += step == 0 ? 0 : taken.stream().mapToLong(sample -> sample.length() - 1).sum();
      }
      double seconds = (System.nanoTime() - begin) / NANOSECONDS;
      return new Result(losses, tokens / seconds, PeakMemory.megabytes());
    }
  }

  private static Trainer open(
      Checkpoint checkpoint, Optional<Adapters> adapters, TrainingOptions options) {
    return adapters
        .map(chosen -> Trainer.open(checkpoint, options, chosen))
        .orElseGet(() -> Trainer.open(checkpoint, options));
  }
}
