package dev.assay.cli.loss;

import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.losses.LossSample;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ComputationLimits;
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

/** The arguments by which a command reads samples for a checkpoint. */
public final class SampleArguments {
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

  private void requireBounds() {
    Ranges.atLeast("--max-tokens", maxTokens, 1);
    Ranges.threads("--threads", threads);
  }

  /** Threads per operation, at least 1. */
  public int threads() {
    requireBounds();
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Where samples are cut, at least 1. */
  public int maxTokens() {
    requireBounds();
    return maxTokens;
  }

  /** The table of Spark that was named instead of a file, such as assay.samples. */
  public Optional<String> table() {
    String name = samples.toString();
    return name.matches("assay(\\.[a-z_]+){1,2}") && Files.notExists(samples)
        ? Optional.of(name)
        : Optional.empty();
  }

  /** The samples as they are, for a tokenizer elsewhere. */
  public List<LossSample> samples() {
    return SamplesFile.read(samples).samples();
  }

  /** The folder of the tokenizer that was named. */
  public Optional<Path> tokenizer() {
    return Optional.ofNullable(tokenizer);
  }

  /** The name of the chat template that was named. */
  public Optional<String> template() {
    return Optional.ofNullable(template);
  }

  /** The folder whose tokenizer reads text samples: the one that was named, else the checkpoint. */
  public Path tokenizer(Path checkpoint) {
    return tokenizer == null ? checkpoint : tokenizer;
  }

  /** The checkpoint of a folder, once the gate has let it through. */
  public Checkpoint open(Path folder) throws IOException, RejectedCheckpointException {
    requireBounds();
    AdapterFolder.refuse(folder);
    Checkpoint opened = Checkpoint.open(folder, CheckpointLimits.defaults());
    ComputationLimits.defaults().require(opened.config(), maxTokens);
    return opened;
  }

  /** The samples as a checkpoint reads them, in the file's order. */
  public List<EncodedSample> encoded(Checkpoint checkpoint, Path folder)
      throws IOException, RejectedCheckpointException {
    return encoded(checkpoint, folder, SamplesFile.read(samples));
  }

  /** The same, the oldest first: by block where each sample has one, else in the file's order. */
  public List<EncodedSample> encodedByAge(Checkpoint checkpoint, Path folder)
      throws IOException, RejectedCheckpointException {
    return encoded(checkpoint, folder, SamplesFile.read(samples).byBlock());
  }

  private List<EncodedSample> encoded(Checkpoint checkpoint, Path folder, SamplesFile file)
      throws IOException, RejectedCheckpointException {
    List<EncodedSample> encoded = encoded(folder, file);
    SamplesFit.require(checkpoint, encoded);
    return encoded;
  }

  private List<EncodedSample> encoded(Path checkpoint, SamplesFile file)
      throws IOException, RejectedCheckpointException {
    if (!file.hasText()) {
      return file.encoded(Optional.empty(), maxTokens);
    }
    if (template == null) {
      throw new UsageException(
          "the samples are text; name a chat template with --template: " + ChatTemplate.names());
    }
    Path folder = tokenizer(checkpoint);
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
