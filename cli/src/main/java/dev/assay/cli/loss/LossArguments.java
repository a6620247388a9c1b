package dev.assay.cli.loss;

import dev.assay.cli.terminal.UsageException;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that {@code loss} and {@code bench model} share. */
final class LossArguments {
  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description = "The checkpoint.")
  private Path checkpoint;

  @Mixin private SampleArguments samples;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "f32",
      description = "f32 or bf16 (default: ${DEFAULT-VALUE}).")
  private Precision dtype;

  /** The checkpoint, once the gate has let it through. */
  Checkpoint open() throws IOException, RejectedCheckpointException {
    return samples.open(folder());
  }

  /** The checkpoint's folder. */
  Path folder() {
    if (!Files.isDirectory(checkpoint)) {
      throw new UsageException(
          checkpoint + " is not a folder; name a checkpoint with --checkpoint");
    }
    return checkpoint;
  }

  LossOptions options() {
    return LossOptions.cpu(dtype, samples.threads()).ofSequences(samples.maxTokens());
  }

  /** The samples as the model reads them. */
  List<EncodedSample> encoded() throws IOException, RejectedCheckpointException {
    // Nothing in the folder is read before the gate has looked at all of it.
    return samples.encoded(open(), folder());
  }
}
