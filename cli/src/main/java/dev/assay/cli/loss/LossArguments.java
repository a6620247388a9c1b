package dev.assay.cli.loss;

import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ComputationLimits;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SamplesFit;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The arguments that {@code loss} and {@code bench model} share. */
final class LossArguments {
  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description = "The checkpoint.")
  private Path checkpoint;

  @Option(
      names = "--samples",
      required = true,
      paramLabel = "FILE",
      description = "The samples: a file, or the folder of a warehouse's samples table.")
  private Path samples;

  @Option(
      names = "--tokenizer",
      paramLabel = "DIR",
      description = "Folder of tokenizer.json (default: the checkpoint).")
  private Path tokenizer;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "Chat template of text samples: ${COMPLETION-CANDIDATES}.",
      completionCandidates = TemplateNames.class)
  private String template;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "f32",
      description = "f32 or bf16 (default: ${DEFAULT-VALUE}).")
  private Precision dtype;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads per operation (default: one per core).")
  private Integer threads;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "2048",
      description =
          "Sequence length at which samples are cut, and which rotary scalings follow (default:"
              + " ${DEFAULT-VALUE}).")
  private int maxTokens;

  static final class TemplateNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ChatTemplate.names().iterator();
    }
  }

  /** The checkpoint, once the gate has let it through. */
  Checkpoint open() throws IOException, RejectedCheckpointException {
    Checkpoint opened = Checkpoint.open(folder(), CheckpointLimits.defaults());
    ComputationLimits.defaults().require(opened.config(), maxTokens);
    return opened;
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
    Ranges.threads("--threads", threads);
    Ranges.atLeast("--max-tokens", maxTokens, 1);
    int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return LossOptions.cpu(dtype, used).ofSequences(maxTokens);
  }

  /** The samples as the model reads them. */
  List<EncodedSample> encoded() throws IOException, RejectedCheckpointException {
    Ranges.atLeast("--max-tokens", maxTokens, 1);
    Ranges.threads("--threads", threads);
    // Nothing in the folder is read before the gate has looked at all of it.
    Checkpoint opened = open();
    List<EncodedSample> encoded = encoded(SamplesFile.read(samples));
    SamplesFit.require(opened, encoded);
    return encoded;
  }

  private List<EncodedSample> encoded(SamplesFile file)
      throws IOException, RejectedCheckpointException {
    if (!file.hasText()) {
      return file.encoded(Optional.empty(), maxTokens);
    }
    if (template == null) {
      throw new UsageException(
          "the samples are text; name a chat template with --template: " + ChatTemplate.names());
    }
    Path folder = tokenizer == null ? checkpoint : tokenizer;
    try (Tokenizer opened = Tokenizer.openFolder(folder, TokenizerLimits.defaults())) {
      SampleEncoder encoder = SampleEncoder.of(opened, named(template), maxTokens);
      return file.encoded(Optional.of(encoder), maxTokens);
    } catch (NoSuchFileException | NotDirectoryException none) {
      throw new UsageException(
          folder
              + " has no tokenizer.json; name a folder that has one with --tokenizer, or give"
              + " samples as ids",
          none);
    }
  }

  private static ChatTemplate named(String name) {
    try {
      return ChatTemplate.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--template: " + e.getMessage(), e);
    }
  }
}
