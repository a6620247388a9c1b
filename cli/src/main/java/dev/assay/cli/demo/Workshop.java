package dev.assay.cli.demo;

import dev.assay.cli.terminal.Console;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.miner.FineTuning;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the demo's miners make their checkpoints; one folder per miner. */
final class Workshop {
  static final String WEIGHTS = "model.safetensors";

  /** The name of every miner's repository. */
  static final String MODEL = "gloss";

  /** 0.77 million parameters, which two cores train at thousands of tokens a second. */
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 128, 352, 4, 4, 2, 512);

  private final Path folder;
  private final long seed;
  private final int threads;
  private final byte[] tokenizer;
  private final FineTuning fineTuning;
  private final Console console;

  Workshop(Path folder, long seed, int threads, Console console) throws IOException {
    this.folder = folder;
    this.seed = seed;
    this.threads = threads;
    this.console = console;
    Files.createDirectories(folder);
    Path file = folder.resolve(FineTuning.TOKENIZER);
    ByteTokenizer.write(file);
    tokenizer = Files.readAllBytes(file);
    fineTuning = new FineTuning(file);
  }

  /** The samples as the miners train on them. */
  List<EncodedSample> encoded(List<FeedSample> samples)
      throws IOException, RejectedCheckpointException {
    return fineTuning.encoded(
        samples.stream()
            .map(sample -> new FineTuning.Text(sample.prompt(), sample.response()))
            .toList(),
        ChatTemplate.PLAIN,
        SHAPE.maxPositions());
  }

  /** Trains the model that every miner starts from. */
  Path base(int steps, List<EncodedSample> samples)
      throws IOException, RejectedCheckpointException {
    Path start = folder.resolve("untrained");
    Initialisation.write(start, SHAPE, seed, Map.of(FineTuning.TOKENIZER, tokenizer));
    return train("base model", start, folder.resolve("base"), steps, seed, samples);
  }

  Path fineTuned(MinerPlan miner, Path base, List<EncodedSample> samples)
      throws IOException, RejectedCheckpointException {
    return train(miner.name(), base, folder(miner), miner.steps(), seed + 1, samples);
  }

  /** Named as the repository that it is published in. */
  private Path folder(MinerPlan miner) {
    return folder.resolve(miner.name()).resolve(MODEL);
  }

  /** The files of another miner under a folder of its own. */
  Path copy(MinerPlan miner, Path original) throws IOException {
    Path copy = Files.createDirectories(folder(miner));
    try (var files = Files.list(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  /** The base model with the last byte of its weights missing. */
  Path broken(MinerPlan miner, Path base) throws IOException {
    Path broken = copy(miner, base);
    byte[] weights = Files.readAllBytes(broken.resolve(WEIGHTS));
    Files.write(broken.resolve(WEIGHTS), Arrays.copyOf(weights, weights.length - 1));
    return broken;
  }

  private Path train(
      String name, Path from, Path to, int steps, long order, List<EncodedSample> samples)
      throws IOException, RejectedCheckpointException {
    double[] last = new double[2];
    fineTuning.run(
        from,
        to,
        samples,
        TrainingOptions.small(steps, order, threads),
        step -> {
          last[0] = step.loss();
          last[1] = step.tokensPerSecond();
          console.move(
              String.format(
                  Locale.ROOT,
                  "%s: step %d of %d, loss %.3f, %,.0f tokens/s",
                  name,
                  step.step(),
                  step.steps(),
                  step.loss(),
                  step.tokensPerSecond()));
        });
    console.line(
        String.format(
            Locale.ROOT,
            "%-10s %4d steps, training loss %.3f, %,.0f tokens/s",
            name,
            steps,
            last[0],
            last[1]));
    return to;
  }
}
