package dev.assay.cli;

import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.corpus.Sample;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import dev.assay.model.train.BatchSize;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LearningRate;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.Schedule;
import dev.assay.model.train.Trainer;
import dev.assay.model.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * A campaign: records the losses of models along their training, of which {@code assay bench
 * early-stop} makes fields. Each curve starts from one base with a learning rate and an order of
 * samples of its own; one line a checkpoint. Run by {@code .ci/long training-curves}; arguments:
 * seed, checkpoints, file of lines.
 */
final class TrainingCurves {
  private static final int MOST_TOKENS = 512;
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 128, 352, 4, 4, 2, MOST_TOKENS);
  private static final int TRAINED_ON = 4_000;
  private static final int JUDGED_ON = 400;
  private static final int BASE_STEPS = 60;
  private static final int STEPS = 128;
  private static final int CHECKPOINT_EVERY = 16;
  private static final double[] RATES = {5e-4, 1e-3, 2e-3, 4e-3};

  private final long seed;
  private final Path folder;
  private final List<EncodedSample> trainedOn = new ArrayList<>();
  private final List<EncodedSample> judgedOn = new ArrayList<>();

  private TrainingCurves(long seed, Path folder) throws IOException, RejectedCheckpointException {
    this.seed = seed;
    this.folder = Files.createDirectories(folder);
    Path tokenizer = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizer);
    Corpus corpus = Corpus.read();
    try (Tokenizer opened = Tokenizer.open(tokenizer, TokenizerLimits.defaults())) {
      SampleEncoder encoder = new SampleEncoder(opened, ChatTemplate.PLAIN, MOST_TOKENS);
      for (int i = 0; i < TRAINED_ON + JUDGED_ON; i++) {
        Sample sample = corpus.sample(seed, i);
        (i < TRAINED_ON ? trainedOn : judgedOn)
            .add(encoder.encode(sample.prompt(), sample.response()));
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path lines = Path.of(arguments[2]);
    new TrainingCurves(Long.parseLong(arguments[0]), Path.of(lines + ".models"))
        .record(Integer.parseInt(arguments[1]), lines);
    System.exit(0);
  }

  private void record(int checkpoints, Path lines) throws IOException, RejectedCheckpointException {
    Files.deleteIfExists(lines);
    write(lines, "tokens " + judgedOn.stream().map(s -> "" + s.length()).collect(joined()));
    Path base = base();
    int left = checkpoints;
    for (int curve = 0; left > 0; curve++) {
      TrainingOptions options =
          new TrainingOptions(
              STEPS,
              BatchSize.ofSamples(16, 1),
              new LearningRate(RATES[curve % RATES.length], Schedule.COSINE, 0.05, 16),
              0.05,
              1,
              seed + 1_000 + curve,
              1,
              false);
      try (Trainer trainer = Trainer.open(open(base), options)) {
        for (int step = CHECKPOINT_EVERY; step <= STEPS && left > 0; step += CHECKPOINT_EVERY) {
          trainer.run(trainedOn, step, done -> {});
          Path checkpoint = folder.resolve("curve-" + curve + "-" + step);
          trainer.save(checkpoint, Map.of());
          write(lines, "model " + curve + ":" + step + " " + losses(checkpoint));
          left--;
        }
      }
    }
  }

  private Path base() throws IOException, RejectedCheckpointException {
    Path start = folder.resolve("untrained");
    Path base = folder.resolve("base");
    if (!Files.exists(base)) {
      Initialisation.write(start, SHAPE, seed, Map.of());
      TrainingOptions options = TrainingOptions.small(BASE_STEPS, seed, 1);
      try (Trainer trainer = Trainer.open(open(start), options)) {
        trainer.run(trainedOn, step -> {});
        trainer.save(base, Map.of());
      }
    }
    return base;
  }

  private String losses(Path checkpoint) throws IOException, RejectedCheckpointException {
    try (LossModel model = LossModel.load(open(checkpoint), LossOptions.cpu(Precision.F32, 1))) {
      return model.losses(judgedOn).stream()
          .map(SampleLoss::mean)
          .map(mean -> String.format(Locale.ROOT, "%.4f", mean))
          .collect(joined());
    }
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(" ");
  }

  private static Checkpoint open(Path folder) throws IOException, RejectedCheckpointException {
    return Checkpoint.open(folder, CheckpointLimits.defaults());
  }

  private static void write(Path lines, String line) throws IOException {
    System.out.println(line.substring(0, Math.min(100, line.length())));
    Files.writeString(lines, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
