package dev.assay.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.TensorEntry;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final LlamaShape SHAPE = new LlamaShape(50, 32, 48, 2, 4, 2, 128);

  /** All weights, and adapters. */
  private static final List<Optional<Adapters>> EITHER =
      List.of(Optional.empty(), Optional.of(new Adapters(4, 8)));

  @TempDir private Path folder;
  private Checkpoint start;

  @BeforeEach
  void initialise() throws Exception {
    Initialisation.write(folder.resolve("start"), SHAPE, 7, Map.of());
    start = Checkpoint.open(folder.resolve("start"), CheckpointLimits.defaults());
  }

  @Test
  void lossFallsTowardsTheEntropyOfTheSamples() throws Exception {
    List<EncodedSample> samples = RandomSamples.chains(200, 12, 24, 50);
    List<TrainingStep> steps = new ArrayList<>();
    Path trained = folder.resolve("trained");
    try (Trainer trainer = Trainer.open(start, TrainingOptions.small(120, 3, 1))) {
      trainer.run(samples, steps::add);
      trainer.save(trained, Map.of("note.json", new byte[] {'{', '}'}));
    }
    assertThat(steps).hasSize(120);
    assertThat(steps.get(0).loss()).isCloseTo(Math.log(50), within(0.1));
    assertThat(steps.get(119).loss()).isLessThan(1.7);
    assertThat(trained.resolve("note.json")).hasContent("{}");
    Files.delete(trained.resolve("note.json"));
    assertThat(CheckpointLosses.meanLoss(trained, samples)).isLessThan(1.7);
  }

  @Test
  void sameSeedGivesTheSameBytesAndAnotherSeedDoesNot() throws Exception {
    byte[] once = trainedWeights("once", 3);
    assertThat(trainedWeights("again", 3)).isEqualTo(once);
    assertThat(trainedWeights("other", 4)).isNotEqualTo(once);
  }

  @Test
  void accumulationOfHalfBatchesStepsAsOneBatchDoes() {
    List<EncodedSample> samples = RandomSamples.chains(8, 16, 16, 50);
    List<TrainingStep> whole = run(samples, options(8, 1));
    List<TrainingStep> halves = run(samples, options(4, 2));
    for (int i = 0; i < whole.size(); i++) {
      assertThat(halves.get(i).loss()).isCloseTo(whole.get(i).loss(), within(1e-4));
    }
  }

  @Test
  void layersThatAreComputedAgainChangeNoBit() throws Exception {
    for (Optional<Adapters> adapters : EITHER) {
      String name = adapters.isPresent() ? "adapted" : "whole";
      byte[] kept = weights(name + "-kept", adapters, false);
      assertThat(weights(name + "-recomputed", adapters, true)).isEqualTo(kept);
    }
  }

  private byte[] weights(String name, Optional<Adapters> adapters, boolean recomputed)
      throws Exception {
    TrainingOptions small = TrainingOptions.small(3, 3, 1);
    TrainingOptions options =
        new TrainingOptions(3, small.batch(), small.rate(), 0.05, 1, 3, 1, recomputed);
    try (Trainer trainer = opened(options, adapters)) {
      trainer.run(RandomSamples.chains(100, 12, 24, 50), step -> {});
      trainer.save(folder.resolve(name), Map.of());
    }
    return Files.readAllBytes(folder.resolve(name).resolve("model.safetensors"));
  }

  private Trainer opened(TrainingOptions options, Optional<Adapters> adapters) {
    return adapters
        .map(chosen -> Trainer.open(start, options, chosen))
        .orElseGet(() -> Trainer.open(start, options));
  }

  @Test
  void adaptersStandBesideTheNamedWeightsAlone() throws Exception {
    Adapters adapters = new Adapters(2, 4, List.of("query", "down"));
    Path tuned = folder.resolve("tuned");
    try (Trainer trainer = Trainer.open(start, options(4, 1), adapters)) {
      trainer.run(RandomSamples.chains(8, 16, 16, 50), step -> {});
      trainer.save(tuned, Map.of());
    }

    Checkpoint saved = Checkpoint.open(tuned, CheckpointLimits.defaults());
    List<String> changed = new ArrayList<>();
    byte[] before = Files.readAllBytes(start.directory().resolve("model.safetensors"));
    byte[] after = Files.readAllBytes(tuned.resolve("model.safetensors"));
    for (TensorEntry tensor : saved.tensors().values()) {
      int from = Math.toIntExact(tensor.offset());
      int to = Math.toIntExact(from + 4 * tensor.elements());
      if (!Arrays.equals(before, from, to, after, from, to)) {
        changed.add(tensor.name());
      }
    }
    assertThat(changed)
        .hasSize(4)
        .allMatch(name -> name.contains("q_proj") || name.contains("down_proj"));
  }

  @Test
  void adaptersThatAModelHasNoPlaceForAreRefused() throws Exception {
    Checkpoint gpt2 =
        Checkpoint.open(CheckpointLosses.fixture("gpt2"), CheckpointLimits.defaults());
    Adapters adapters = new Adapters(2, 4, List.of("gate"));
    assertThatThrownBy(() -> Trainer.open(gpt2, options(4, 1), adapters))
        .hasMessageContaining("has none of the weights [gate]");
  }

  /** What peft makes of them is tested against peft itself, in the interoperation module. */
  @Test
  void adaptersOfAFusedWeightsPartsBecomeOneAndThoseOfExpertsHaveNoForm() throws Exception {
    BaseName base = new BaseName("name/space", Optional.of("0123"));
    Path phi3 = folder.resolve("phi3");
    try (Trainer trainer =
        Trainer.open(
            CheckpointLosses.open(CheckpointLosses.fixture("phi3")),
            options(1, 1),
            new Adapters(4, 8))) {
      assertThat(trainer.saveAdapters(phi3, base)).isTrue();
    }
    assertThat(phi3.resolve("adapter_config.json"))
        .content()
        .contains("\"base_model_name_or_path\" : \"name/space\"", "\"revision\" : \"0123\"")
        .containsPattern("\"rank_pattern\" : \\{[^}]*\"self_attn.qkv_proj\" : 12")
        .containsPattern("\"alpha_pattern\" : \\{[^}]*\"self_attn.qkv_proj\" : 24.0");

    Path mixtral = folder.resolve("mixtral");
    try (Trainer trainer =
        Trainer.open(
            CheckpointLosses.open(CheckpointLosses.fixture("mixtral")),
            options(1, 1),
            new Adapters(4, 8))) {
      assertThat(trainer.saveAdapters(mixtral, base)).isFalse();
    }
    assertThat(mixtral).doesNotExist();
  }

  @Test
  void samplesWithNothingToCountAreRefused() {
    List<EncodedSample> samples = List.of(new EncodedSample(new int[] {1, 2, 3}, 3));
    try (Trainer trainer = Trainer.open(start, options(1, 1))) {
      assertThatThrownBy(() -> trainer.run(samples, step -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no sample with a token to count");
    }
  }

  @Test
  void aResumedRunEndsWithTheBytesOfAnUninterruptedOne() throws Exception {
    byte[] expected = trainedWeights("whole", 3);
    List<EncodedSample> samples = RandomSamples.chains(100, 12, 24, 50);
    TrainingOptions options = TrainingOptions.small(4, 3, 1);
    Path state = folder.resolve("state.safetensors");
    try (Trainer first = Trainer.open(start, options)) {
      first.run(samples, 2, step -> {});
      first.saveState(state);
    }
    List<Integer> steps = new ArrayList<>();
    try (Trainer second = Trainer.open(start, options)) {
      second.resume(state);
      second.run(samples, step -> steps.add(step.step()));
      second.save(folder.resolve("resumed"), Map.of());
    }
    assertThat(steps).containsExactly(3, 4);
    assertThat(folder.resolve("resumed/model.safetensors")).hasBinaryContent(expected);
  }

  @Test
  void aStateOfAnotherRunIsRefused() throws Exception {
    Path state = folder.resolve("state.safetensors");
    try (Trainer whole = Trainer.open(start, options(1, 1));
        Trainer adapted = Trainer.open(start, options(1, 1), new Adapters(2, 4))) {
      whole.saveState(state);
      assertThatThrownBy(() -> adapted.resume(state))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the state of another run");
      Path weights = start.directory().resolve("model.safetensors");
      assertThatThrownBy(() -> adapted.resume(weights))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not the state of a training run");
    }
  }

  @Test
  void mergedAdaptersGiveTheLossThatTrainingSaw() throws Exception {
    List<EncodedSample> samples = RandomSamples.chains(8, 16, 16, 50);
    TrainingOptions options =
        options(40, BatchSize.ofSamples(8, 1), new LearningRate(2e-2, Schedule.COSINE, 0.1, 2));
    List<TrainingStep> steps = new ArrayList<>();
    Path tuned = folder.resolve("tuned");
    try (Trainer trainer = Trainer.open(start, options, new Adapters(4, 8))) {
      trainer.run(samples, 39, step -> {});
      trainer.saveState(folder.resolve("state.safetensors"));
      trainer.save(tuned, Map.of());
      // The next step's loss, before its update, is that of the weights that were saved.
      trainer.run(samples, steps::add);
    }
    List<TrainingStep> resumed = new ArrayList<>();
    try (Trainer again = Trainer.open(start, options, new Adapters(4, 8))) {
      again.resume(folder.resolve("state.safetensors"));
      again.run(samples, resumed::add);
    }
    assertThat(resumed.get(0).loss()).isEqualTo(steps.get(0).loss());
    assertThat(steps.get(0).loss()).isLessThan(3.5);
    assertThat(CheckpointLosses.meanLoss(tuned, samples))
        .isCloseTo(steps.get(0).loss(), within(1e-4));
  }

  @Test
  void adaptersMergeIntoEveryFamily() throws Exception {
    for (String family : List.of("gpt2", "gpt-neox", "phi3", "stablelm-parallel", "gemma2")) {
      Checkpoint checkpoint =
          Checkpoint.open(CheckpointLosses.fixture(family), CheckpointLimits.defaults());
      List<EncodedSample> samples = RandomSamples.chains(4, 16, 16, 90);
      TrainingOptions options =
          options(11, BatchSize.ofSamples(4, 1), new LearningRate(3e-3, Schedule.COSINE, 1, 0));
      List<TrainingStep> steps = new ArrayList<>();
      Path state = folder.resolve(family + ".state");
      Path tuned = folder.resolve(family);
      try (Trainer trainer = Trainer.open(checkpoint, options, new Adapters(4, 8))) {
        trainer.run(samples, 10, steps::add);
        trainer.saveState(state);
        trainer.save(tuned, Map.of());
      }
      try (Trainer again = Trainer.open(checkpoint, options, new Adapters(4, 8))) {
        again.resume(state);
        again.run(samples, steps::add);
      }
      double last = steps.get(10).loss();
      assertThat(last).as(family).isLessThan(steps.get(0).loss());
      assertThat(CheckpointLosses.meanLoss(tuned, samples))
          .as(family)
          .isCloseTo(last, within(1e-4));
    }
  }

  @Test
  void everyFamilyTrainsWhole() throws Exception {
    for (String family : List.of("gpt2", "gpt-neox", "phi3", "stablelm-parallel", "gemma3")) {
      Checkpoint checkpoint =
          Checkpoint.open(CheckpointLosses.fixture(family), CheckpointLimits.defaults());
      List<EncodedSample> samples = RandomSamples.chains(4, 16, 16, 90);
      TrainingOptions options =
          options(11, BatchSize.ofSamples(4, 1), new LearningRate(3e-3, Schedule.COSINE, 1, 0));
      List<TrainingStep> steps = new ArrayList<>();
      Path tuned = folder.resolve(family);
      try (Trainer trainer = Trainer.open(checkpoint, options)) {
        trainer.run(samples, 10, steps::add);
        trainer.save(tuned, Map.of());
        trainer.run(samples, steps::add);
      }
      double last = steps.get(10).loss();
      assertThat(last).as(family).isLessThan(steps.get(0).loss());
      assertThat(CheckpointLosses.meanLoss(tuned, samples))
          .as(family)
          .isCloseTo(last, within(1e-4));
    }
  }

  /** Or transformers would round the trained weights as it loads them. */
  @Test
  void theConfigurationNamesTheDtypeOfTheTrainedWeights() throws Exception {
    Checkpoint bf16 =
        Checkpoint.open(CheckpointLosses.fixture("llama-linear"), CheckpointLimits.defaults());
    assertThat(bf16.directory().resolve("config.json")).content().contains("\"bfloat16\"");
    try (Trainer trainer = Trainer.open(bf16, options(1, 1))) {
      trainer.save(folder.resolve("saved"), Map.of());
    }

    Checkpoint saved = Checkpoint.open(folder.resolve("saved"), CheckpointLimits.defaults());
    assertThat(saved.directory().resolve("config.json"))
        .content()
        .contains("\"float32\"")
        .doesNotContain("bfloat16");
    assertThat(saved.config()).isEqualTo(bf16.config());
  }

  private List<TrainingStep> run(List<EncodedSample> samples, TrainingOptions options) {
    List<TrainingStep> steps = new ArrayList<>();
    try (Trainer trainer = Trainer.open(start, options)) {
      trainer.run(samples, steps::add);
    }
    return steps;
  }

  private static TrainingOptions options(int batchSamples, int accumulation) {
    LearningRate rate = new LearningRate(1e-2, Schedule.COSINE, 0.1, 2);
    BatchSize batch = BatchSize.ofSamples(batchSamples, accumulation);
    return new TrainingOptions(5, batch, rate, 0.1, 1, 5, 1, false);
  }

  private static TrainingOptions options(int steps, BatchSize batch, LearningRate rate) {
    return new TrainingOptions(steps, batch, rate, 0, 1, 5, 1, false);
  }

  private byte[] trainedWeights(String name, long seed) throws Exception {
    try (Trainer trainer = Trainer.open(start, TrainingOptions.small(4, seed, 1))) {
      trainer.run(RandomSamples.chains(100, 12, 24, 50), step -> {});
      trainer.save(folder.resolve(name), Map.of());
    }
    return Files.readAllBytes(folder.resolve(name).resolve("model.safetensors"));
  }
}
