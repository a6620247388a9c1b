package dev.assay.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.ElementType;
import dev.assay.model.text.EncodedSample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products in bf16, weights and their moments in f32. */
class Bf16TrainingTest {
  private static final LlamaShape SHAPE = new LlamaShape(50, 32, 48, 2, 4, 2, 128);

  /** All weights, and adapters. */
  private static final List<Optional<Adapters>> EITHER =
      List.of(Optional.empty(), Optional.of(new Adapters(4, 8)));

  @TempDir private Path folder;
  private Checkpoint start;

  @BeforeEach
  void initialise() throws Exception {
    Initialisation.write(folder.resolve("start"), SHAPE, 7, Map.of());
    start = CheckpointLosses.open(folder.resolve("start"));
  }

  @Test
  void bf16LossesFollowThoseOfF32() {
    List<EncodedSample> samples = RandomSamples.chains(8, 16, 16, 50);
    for (Optional<Adapters> adapters : EITHER) {
      List<TrainingStep> exact = new ArrayList<>();
      List<TrainingStep> rounded = new ArrayList<>();
      try (Trainer f32 = opened(learning(15, Precision.F32), adapters);
          Trainer bf16 = opened(learning(15, Precision.BF16), adapters)) {
        f32.run(samples, exact::add);
        bf16.run(samples, rounded::add);
      }
      for (int i = 0; i < exact.size(); i++) {
        double loss = exact.get(i).loss();
        assertThat(rounded.get(i).loss()).as("step " + i).isCloseTo(loss, within(0.02 * loss));
      }
      assertThat(rounded.get(14).loss()).isLessThan(rounded.get(0).loss());
    }
  }

  @Test
  void bf16WeightsAreWrittenWithTheLossThatTrainingSaw() throws Exception {
    List<EncodedSample> samples = RandomSamples.chains(8, 16, 16, 50);
    for (Optional<Adapters> adapters : EITHER) {
      Path tuned = folder.resolve(adapters.isPresent() ? "adapted" : "whole");
      double trained;
      try (Trainer trainer = opened(learning(15, Precision.BF16), adapters)) {
        trainer.run(samples, step -> {});
        trained = trainer.loss(samples);
        trainer.save(tuned, Map.of());
      }
      assertThat(CheckpointLosses.open(tuned).tensors().values())
          .allMatch(tensor -> tensor.dtype() == ElementType.BF16);
      assertThat(CheckpointLosses.meanLoss(tuned, samples, Precision.BF16))
          .isCloseTo(trained, within(5e-3));
      assertThat(CheckpointLosses.meanLoss(tuned, samples)).isCloseTo(trained, within(1e-2));
    }
  }

  @Test
  void everyFamilyTrainsInBf16() throws Exception {
    for (String family : List.of("gpt2", "phi3", "gemma3")) {
      Checkpoint checkpoint = CheckpointLosses.open(CheckpointLosses.fixture(family));
      List<EncodedSample> samples = RandomSamples.chains(4, 16, 16, 90);
      for (Optional<Adapters> adapters : EITHER) {
        List<TrainingStep> steps = new ArrayList<>();
        Path tuned = folder.resolve(family + adapters.map(Adapters::rank));
        double trained;
        try (Trainer trainer =
            adapters.isPresent()
                ? Trainer.open(checkpoint, learning(5, Precision.BF16), adapters.get())
                : Trainer.open(checkpoint, learning(5, Precision.BF16))) {
          trainer.run(samples, steps::add);
          trained = trainer.loss(samples);
          trainer.save(tuned, Map.of());
        }
        assertThat(trained).as(family).isLessThan(steps.get(0).loss());
        assertThat(CheckpointLosses.meanLoss(tuned, samples, Precision.BF16))
            .as(family)
            .isCloseTo(trained, within(2e-2));
      }
    }
  }

  private Trainer opened(TrainingOptions options, Optional<Adapters> adapters) {
    return adapters
        .map(chosen -> Trainer.open(start, options, chosen))
        .orElseGet(() -> Trainer.open(start, options));
  }

  private static TrainingOptions learning(int steps, Precision precision) {
    LearningRate rate = new LearningRate(3e-3, Schedule.COSINE, 1, 0);
    return new TrainingOptions(
        steps, BatchSize.ofSamples(8, 1), rate, 0.01, 1, 5, 1, false, precision);
  }
}
