package dev.assay.model.loss;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Measures several models judged at once, as the executors of a job judge them. */
public final class WorkersBenchmark {
  private static final double NANOSECONDS = 1e9;

  private WorkersBenchmark() {}

  /**
   * What was measured.
   *
   * @param losses a list a checkpoint, in their order, of one loss a sample
   * @param seconds from the first folder to the last loss, PyTorch itself already started
   */
  public record Result(List<List<SampleLoss>> losses, double seconds) {
    public Result {
      losses = losses.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Hashes, opens, inspects and loads every checkpoint and computes its losses; each worker takes
   * the next checkpoint when it is done with one.
   *
   * @throws ExecutionException if a checkpoint is refused, cannot be read, or does not fit
   */
  public static Result run(
      List<Path> directories, LossOptions options, List<EncodedSample> samples, int workers)
      throws ExecutionException, InterruptedException {
    LossModel.startEngine();
    long begin = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Callable<List<SampleLoss>>> tasks =
          IntStream.range(0, directories.size())
              .<Callable<List<SampleLoss>>>mapToObj(
                  index -> () -> losses(directories.get(index), options, samples))
              .toList();
      List<Future<List<SampleLoss>>> results = pool.invokeAll(tasks);
      double seconds = (System.nanoTime() - begin) / NANOSECONDS;
      List<List<SampleLoss>> losses = new ArrayList<>();
      for (Future<List<SampleLoss>> result : results) {
        losses.add(result.get());
      }
      return new Result(losses, seconds);
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<SampleLoss> losses(
      Path directory, LossOptions options, List<EncodedSample> samples)
      throws IOException, RejectedCheckpointException {
    Checkpoint checkpoint = Checkpoint.open(directory, CheckpointLimits.defaults());
    checkpoint.digest();
    checkpoint.inspect(ModelBenchmark.ANY_NORM);
    try (LossModel model = LossModel.load(checkpoint, options)) {
      return model.losses(samples);
    }
  }
}
