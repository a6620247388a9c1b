package dev.assay.miner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.TrainingOptions;
import dev.assay.model.train.TrainingStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 16, 24, 1, 2, 2, 64);
  private static final List<FineTuning.Text> TEXTS =
      List.of(
          new FineTuning.Text("What is a dog?", "An animal."),
          new FineTuning.Text(
              "What is a rose?", "A flower that is much longer than the rest of it."));

  @TempDir private Path folder;
  private Path tokenizer;
  private FineTuning fineTuning;

  @BeforeEach
  void start() throws Exception {
    tokenizer = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizer);
    fineTuning = new FineTuning(tokenizer);
    Initialisation.write(folder.resolve("start"), SHAPE, 1, Map.of());
  }

  private Path trained(String name, List<TrainingStep> steps) throws Exception {
    Path to = folder.resolve(name);
    List<EncodedSample> samples = fineTuning.encoded(TEXTS, ChatTemplate.PLAIN, 64);
    fineTuning.run(
        folder.resolve("start"), to, samples, TrainingOptions.small(3, 7, 1), steps::add);
    return to;
  }

  @Test
  void whatIsTrainedIsACheckpointWithTheTokenizerUnchanged() throws Exception {
    List<TrainingStep> steps = new ArrayList<>();

    Path to = trained("trained", steps);

    Checkpoint.open(to, CheckpointLimits.defaults());
    assertThat(to.resolve(FineTuning.TOKENIZER)).hasSameBinaryContentAs(tokenizer);
    assertThat(steps).hasSize(3);
  }

  @Test
  void theSameSeedTrainsTheSameBytes() throws Exception {
    assertThat(trained("once", new ArrayList<>()).resolve("model.safetensors"))
        .hasSameBinaryContentAs(trained("again", new ArrayList<>()).resolve("model.safetensors"));
    assertThat(Files.readAllBytes(folder.resolve("once/model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(folder.resolve("start/model.safetensors")));
  }

  @Test
  void aTextIsCutWhereTheCompetitionCutsIt() throws Exception {
    assertThat(fineTuning.encoded(TEXTS, ChatTemplate.PLAIN, 20))
        .allMatch(sample -> sample.length() <= 20)
        .hasSize(2);
  }
}
