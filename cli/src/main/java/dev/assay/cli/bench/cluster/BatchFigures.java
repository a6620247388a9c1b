package dev.assay.cli.bench.cluster;

import dev.assay.model.train.BatchBenchmark;
import java.io.IOException;
import java.util.List;

/** Whether batches give the losses of single samples. */
final class BatchFigures {
  private static final int SAMPLES = 48;

  private BatchFigures() {}

  static List<Figure> of(Setting setting) throws IOException {
    BatchBenchmark.Result result =
        BatchBenchmark.run(setting.folder().resolve("batches"), SAMPLES, setting.seed());
    return List.of(
        Figure.atMost(
            2e-5,
            "batch_difference_f32",
            result.difference(),
            "nats; the largest of %d samples, on this processor".formatted(result.samples())));
  }
}
