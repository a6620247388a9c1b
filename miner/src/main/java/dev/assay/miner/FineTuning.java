package dev.assay.miner;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import dev.assay.model.train.Trainer;
import dev.assay.model.train.TrainingOptions;
import dev.assay.model.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Trains a checkpoint further on samples, and saves a checkpoint that can be published. */
public final class FineTuning {
  /** The one file besides the model's own that a validator needs. */
  public static final String TOKENIZER = "tokenizer.json";

  private final Path tokenizer;

  /**
   * @param tokenizer the competition's tokenizer.json, which is published unchanged
   */
  public FineTuning(Path tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** A prompt and the response that the model is to learn. */
  public record Text(String prompt, String response) {}

  /**
   * Texts as the model reads them.
   *
   * @param mostTokens where a text is cut
   * @throws RejectedCheckpointException if the tokenizer is none, or exceeds the limits
   */
  public List<EncodedSample> encoded(List<Text> texts, ChatTemplate template, int mostTokens)
      throws IOException, RejectedCheckpointException {
    try (Tokenizer opened = Tokenizer.open(tokenizer, TokenizerLimits.defaults())) {
      SampleEncoder encoder = SampleEncoder.of(opened, template, mostTokens);
      return texts.stream().map(text -> encoder.encode(text.prompt(), text.response())).toList();
    }
  }

  /**
   * Trains from the checkpoint in one folder and saves the result in another.
   *
   * @throws RejectedCheckpointException if the gate refuses the checkpoint to start from
   */
  public void run(
      Path from,
      Path to,
      List<EncodedSample> samples,
      TrainingOptions options,
      TrainingProgress progress)
      throws IOException, RejectedCheckpointException {
    Checkpoint start = Checkpoint.open(from, CheckpointLimits.defaults());
    try (Trainer trainer = Trainer.open(start, options)) {
      trainer.run(samples, progress);
      trainer.save(to, Map.of(TOKENIZER, Files.readAllBytes(tokenizer)));
    }
  }
}
