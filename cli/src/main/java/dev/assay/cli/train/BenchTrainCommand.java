package dev.assay.cli.train;

import dev.assay.cli.loss.SampleArguments;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.BatchSize;
import dev.assay.model.train.TrainingBenchmark;
import dev.assay.model.train.TrainingOptions;
import dev.assay.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description =
        "Measures how fast a checkpoint is trained: one step for each batch of the samples, in"
            + " their order.",
    footer = {
      "",
      "  assay bench train --checkpoint my-model --samples samples.jsonl --template plain"
          + " --batch-samples 1 --lora-rank 4",
    })
public final class BenchTrainCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private SampleArguments samples;
  @Mixin private TrainingArguments training;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description = "The checkpoint.")
  private Path checkpoint;

  @Option(
      names = "--batch-samples",
      paramLabel = "N",
      defaultValue = "4",
      description = "Samples of one step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Override
  public Integer call() throws IOException, RejectedCheckpointException {
    Ranges.atLeast("--batch-samples", batch, 1);
    Checkpoint opened = samples.open(checkpoint);
    List<EncodedSample> encoded = samples.encoded(opened, checkpoint);
    TrainingBenchmark.Result result = measured(opened, encoded);
    output.print(result, () -> lines(result));
    return ExitCode.DONE;
  }

  private TrainingBenchmark.Result measured(Checkpoint opened, List<EncodedSample> encoded) {
    if (encoded.size() / batch < 2) {
      throw new UsageException(
          "--samples: %d samples make fewer than two batches of %d; give more, or lower --batch-samples"
              .formatted(encoded.size(), batch));
    }
    TrainingOptions asked = training.options(samples.threads());
    TrainingOptions options =
        new TrainingOptions(
            encoded.size() / batch,
            BatchSize.ofSamples(batch, 1),
            asked.rate(),
            asked.decay(),
            asked.largestNorm(),
            asked.seed(),
            asked.threads(),
            asked.recomputed(),
            asked.precision());
    return TrainingBenchmark.run(opened, training.adapters(), options, encoded);
  }

  private static List<String> lines(TrainingBenchmark.Result result) {
    return new Table("figure", "this machine")
        .row("steps", String.valueOf(result.losses().size()))
        .row("first loss", figure(result.losses().get(0)))
        .row("last loss", figure(result.losses().get(result.losses().size() - 1)))
        .row("tokens per second", figure(result.tokensPerSecond()))
        .row("peak memory, MB", figure(result.peakMemoryMb()))
        .lines();
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
