package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import dev.assay.model.train.Adapters;
import dev.assay.model.train.BaseName;
import dev.assay.model.train.BatchSize;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LearningRate;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.Schedule;
import dev.assay.model.train.Trainer;
import dev.assay.model.train.TrainingOptions;
import dev.assay.model.train.TrainingStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What training writes, loaded by transformers unchanged; its optimiser against PyTorch's own. */
class TrainedCheckpointIT {
  /**
   * One of each kind of stored form: biased, fused, transposed, tied, bf16, two rotaries, in pairs.
   */
  private static final List<String> FAMILIES =
      List.of(
          "gpt2",
          "gpt-neox",
          "phi3",
          "stablelm-parallel",
          "gemma3",
          "qwen2",
          "llama-linear",
          "glm");

  private static final TrainingOptions OPTIONS =
      new TrainingOptions(
          6,
          BatchSize.ofSamples(4, 1),
          new LearningRate(2e-3, Schedule.COSINE, 0.1, 2),
          0.1,
          0.5,
          5,
          1,
          false);

  private static final Adapters ADAPTERS = new Adapters(4, 8);

  @TempDir private static Path folder;
  private static PythonScripts python;
  private static Path llama;
  private static List<EncodedSample> texts;

  @BeforeAll
  static void writeStarts() throws Exception {
    python = PythonScripts.installed("requirements-model.txt");
    List<String> arguments = new ArrayList<>(List.of(folder.toString(), "--size", "tiny"));
    arguments.add("--only");
    arguments.addAll(FAMILIES);
    python.run("families.py", arguments, 300);
    Path tokenizerJson = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizerJson);
    llama = folder.resolve("llama");
    LlamaShape shape = new LlamaShape(ByteTokenizer.VOCABULARY, 32, 48, 2, 4, 2, 512);
    Initialisation.write(llama, shape, 7, Map.of());
    try (Tokenizer tokenizer = Tokenizer.open(tokenizerJson, TokenizerLimits.defaults())) {
      SampleEncoder encoder = new SampleEncoder(tokenizer, ChatTemplate.PLAIN, 512);
      texts =
          ChatSamples.pairs().stream()
              .limit(4)
              .map(pair -> encoder.encode(pair.get(0), pair.get(1)))
              .toList();
    }
  }

  @Test
  void transformersGivesEveryTrainedFamilyOurLosses() throws Exception {
    List<EncodedSample> samples = samples(96);
    List<Path> saved = new ArrayList<>();
    for (String family : FAMILIES) {
      Checkpoint start = open(folder.resolve(family));
      saved.add(trained(Trainer.open(start, OPTIONS), samples, family + "-whole", Map.of()));
      Trainer adapted = Trainer.open(start, OPTIONS, ADAPTERS);
      saved.add(trained(adapted, samples, family + "-adapted", Map.of()));
    }

    JsonNode answers = pretrained(saved, samples, List.of());
    for (int i = 0; i < saved.size(); i++) {
      requireSameLosses(saved.get(i), samples, answers.get(i));
    }
  }

  /** On the base, as a person loads them; the parts of fused weights have adapters as well. */
  @Test
  void peftMakesOfAdaptersWhatWeMergeThemTo() throws Exception {
    List<EncodedSample> samples = samples(96);
    List<Map<String, Object>> folders = new ArrayList<>();
    for (String family : FAMILIES) {
      Path merged = folder.resolve(family + "-merged");
      Path adapter = folder.resolve(family + "-adapter");
      try (Trainer trainer = Trainer.open(open(folder.resolve(family)), OPTIONS, ADAPTERS)) {
        trainer.run(samples, step -> {});
        assertThat(trainer.saveAdapters(adapter, new BaseName(family, Optional.empty()))).isTrue();
        trainer.save(merged, Map.of());
      }
      folders.add(
          Map.of(
              "base", folder.resolve(family).toString(),
              "adapter", adapter.toString(),
              "merged", merged.toString(),
              "samples", json(samples)));
    }

    JsonNode answers = python.run("peft_adapters.py", Map.of("adapters", folders), Map.of(), 300);
    for (int i = 0; i < FAMILIES.size(); i++) {
      JsonNode answer = answers.get(i);
      assertThat(answer.get("modules").intValue()).as(FAMILIES.get(i)).isPositive();
      // The adapters' effect is a thousand times as large.
      assertThat(answer.get("effect").doubleValue()).as(FAMILIES.get(i)).isGreaterThan(1e-2);
      assertThat(answer.get("difference").doubleValue()).as(FAMILIES.get(i)).isLessThan(1e-5);
      requireSameLosses(folder.resolve(FAMILIES.get(i) + "-merged"), samples, answer);
    }
  }

  @Test
  void transformersReadsTextAsWeDoWithTheTokenizerBesideTheWeights() throws Exception {
    Map<String, byte[]> tokenizer =
        Map.of("tokenizer.json", Files.readAllBytes(folder.resolve("tokenizer.json")));
    Path saved = trained(Trainer.open(open(llama), OPTIONS), texts, "llama-chat", tokenizer);

    List<String> rendered =
        ChatSamples.pairs().stream()
            .limit(4)
            .map(pair -> ChatTemplate.PLAIN.render(pair.get(0), pair.get(1)).text())
            .toList();
    JsonNode answer = pretrained(List.of(saved), texts, rendered).get(0);
    requireSameLosses(saved, texts, answer);
    for (int i = 0; i < texts.size(); i++) {
      JsonNode ids = answer.get("ids").get(i);
      int[] theirs = IntStream.range(0, ids.size()).map(t -> ids.get(t).intValue()).toArray();
      assertThat(theirs).isEqualTo(texts.get(i).ids());
    }
  }

  @Test
  void stepsAreThoseOfTorchsAdamW() throws Exception {
    List<TrainingStep> steps = new ArrayList<>();
    Path saved = folder.resolve("llama-steps");
    try (Trainer trainer = Trainer.open(open(llama), OPTIONS)) {
      trainer.run(texts, steps::add);
      trainer.save(saved, Map.of());
    }
    Map<String, Object> request =
        Map.of(
            "start", llama.toString(),
            "trained", saved.toString(),
            "samples", json(texts),
            "steps", OPTIONS.steps(),
            "warmup", OPTIONS.rate().warmupSteps(),
            "rate", OPTIONS.rate().highest(),
            "final_share", OPTIONS.rate().finalShare(),
            "decay", OPTIONS.decay(),
            "largest_norm", OPTIONS.largestNorm());

    JsonNode torch = python.run("optimiser.py", request, Map.of(), 300);
    for (int i = 0; i < steps.size(); i++) {
      TrainingStep step = steps.get(i);
      assertThat(step.loss()).isCloseTo(torch.get("losses").get(i).doubleValue(), within(2e-5));
      assertThat(step.learningRate())
          .isCloseTo(torch.get("rates").get(i).doubleValue(), within(1e-12));
      double norm = torch.get("norms").get(i).doubleValue();
      assertThat(step.gradientNorm()).isCloseTo(norm, within(1e-4 * norm));
    }
    assertThat(torch.get("difference").doubleValue()).isLessThan(1e-3);
  }

  /** From the same first numbers, which the seed decides, and on the same samples. */
  @Test
  void adaptersReachTheLossesOfPeft() throws Exception {
    int count = 120;
    TrainingOptions options =
        new TrainingOptions(
            count,
            BatchSize.ofSamples(4, 1),
            new LearningRate(1e-2, Schedule.CONSTANT, 1, 0),
            0.01,
            1,
            5,
            1,
            false);
    List<TrainingStep> steps = new ArrayList<>();
    try (Trainer trainer = Trainer.open(open(llama), options, new Adapters(4, 8))) {
      trainer.run(texts, steps::add);
    }
    Map<String, Object> request =
        Map.of(
            "start", llama.toString(),
            "samples", json(texts),
            "steps", count,
            "rate", options.rate().highest(),
            "decay", options.decay(),
            "largest_norm", options.largestNorm(),
            "rank", 4,
            "alpha", 8,
            "seed", options.seed());

    JsonNode losses = python.run("adapters.py", request, Map.of(), 300).get("losses");
    for (int i = 0; i < count; i++) {
      double theirs = losses.get(i).doubleValue();
      assertThat(steps.get(i).loss()).as("step " + i).isCloseTo(theirs, within(0.01 * theirs));
    }
    assertThat(steps.get(count - 1).loss()).isLessThan(0.95 * steps.get(0).loss());
  }

  private static Path trained(
      Trainer opened, List<EncodedSample> samples, String name, Map<String, byte[]> otherFiles)
      throws Exception {
    Path saved = folder.resolve(name);
    try (Trainer trainer = opened) {
      trainer.run(samples, step -> {});
      trainer.save(saved, otherFiles);
    }
    return saved;
  }

  private static void requireSameLosses(Path saved, List<EncodedSample> samples, JsonNode answer)
      throws Exception {
    assertThat(answer.get("dtype").textValue()).isEqualTo("torch.float32");
    try (LossModel model = LossModel.load(open(saved), LossOptions.cpu(Precision.F32, 1))) {
      for (int i = 0; i < samples.size(); i++) {
        assertThat(model.loss(samples.get(i)).mean())
            .as(saved.getFileName().toString())
            .isCloseTo(answer.get("means").get(i).doubleValue(), within(1e-5));
      }
    }
  }

  private static JsonNode pretrained(
      List<Path> directories, List<EncodedSample> samples, List<String> rendered) throws Exception {
    List<Map<String, Object>> checkpoints = new ArrayList<>();
    for (Path directory : directories) {
      checkpoints.add(
          Map.of("directory", directory.toString(), "samples", json(samples), "texts", rendered));
    }
    return python.run("pretrained.py", Map.of("checkpoints", checkpoints), Map.of(), 300);
  }

  private static List<Map<String, Object>> json(List<EncodedSample> samples) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (EncodedSample sample : samples) {
      json.add(Map.of("ids", sample.ids(), "prompt_len", sample.promptLength()));
    }
    return json;
  }

  private static List<EncodedSample> samples(int vocabulary) {
    List<EncodedSample> samples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int shift = i;
      int[] ids =
          IntStream.range(0, 20 + 5 * i).map(t -> (t * t + 7 * shift) % vocabulary).toArray();
      samples.add(new EncodedSample(ids, 3 + i));
    }
    return samples;
  }

  private static Checkpoint open(Path directory) throws Exception {
    return Checkpoint.open(directory, CheckpointLimits.defaults());
  }
}
