package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.RandomSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersBenchmarkTest {
  private static final LlamaShape SHAPE = new LlamaShape(50, 32, 48, 2, 4, 2, 128);
  private static final LossOptions OPTIONS = LossOptions.cpu(Precision.F32, 1);

  private final List<EncodedSample> samples = RandomSamples.chains(3, 20, 40, 50);

  @TempDir private Path folder;

  @Test
  void modelsBesideOneAnotherHaveTheLossesTheyHaveAlone() throws Exception {
    List<Path> directories = new ArrayList<>();
    List<List<SampleLoss>> alone = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      Path directory = folder.resolve("model-" + seed);
      Initialisation.write(directory, SHAPE, seed, Map.of());
      directories.add(directory);
      Checkpoint checkpoint = Checkpoint.open(directory, CheckpointLimits.defaults());
      try (LossModel model = LossModel.load(checkpoint, OPTIONS)) {
        alone.add(model.losses(samples));
      }
    }
    WorkersBenchmark.Result result = WorkersBenchmark.run(directories, OPTIONS, samples, 2);
    assertThat(result.losses()).isEqualTo(alone);
    assertThat(result.losses().get(0)).isNotEqualTo(result.losses().get(1));
    assertThat(result.seconds()).isPositive();
  }

  @Test
  void aRefusedCheckpointEndsIt() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> WorkersBenchmark.run(List.of(empty), OPTIONS, samples, 2))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RejectedCheckpointException.class);
  }
}
