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
import dev.assay.score.contest.Round;
import dev.assay.score.copies.Fingerprint;
import dev.assay.score.copies.NearDuplicates;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A campaign: models tuned independently from one base, on other samples or in another order, with
 * other budgets and learning rates; no pair of them may be called copies, neither by losses nor by
 * weights. One line a pair. Run by {@code .ci/long tuned-pairs}; arguments: seed, pairs, file of
 * lines.
 */
final class TunedPairs {
  private static final int MOST_TOKENS = 512;
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 128, 352, 4, 4, 2, MOST_TOKENS);
  private static final int TRAINED_ON = 4_000;
  private static final int JUDGED_ON = 200;
  private static final int[] STEPS = {4, 15, 60, 120};
  private static final double[] RATES = {1e-4, 1e-3, 4e-3};

  private static final byte[] SEED_OF_FINGERPRINTS = new byte[32];

  private final long seed;
  private final Path folder;
  private final List<EncodedSample> trainedOn = new ArrayList<>();
  private final List<EncodedSample> judgedOn = new ArrayList<>();

  private TunedPairs(long seed, Path folder) throws IOException, RejectedCheckpointException {
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

  private record Tuned(String name, Losses losses, Fingerprint fingerprint) {}

  public static void main(String[] arguments) throws Exception {
    Path lines = Path.of(arguments[2]);
    boolean apart =
        new TunedPairs(Long.parseLong(arguments[0]), Path.of(lines + ".models"))
            .run(Integer.parseInt(arguments[1]), lines);
    System.exit(apart ? 0 : 1);
  }

  private boolean run(int pairs, Path lines) throws IOException, RejectedCheckpointException {
    int models = 2;
    while (models * (models - 1) / 2 < pairs) {
      models++;
    }
    Tuned base = judged("base", base());
    List<Tuned> tuned = new ArrayList<>();
    for (int i = 0; i < models; i++) {
      tuned.add(tuned(i));
    }
    Files.deleteIfExists(lines);
    boolean apart = true;
    int left = pairs;
    for (int later = 1; later < models; later++) {
      for (int earlier = 0; earlier < later && left > 0; earlier++, left--) {
        String line = line(tuned.get(earlier), tuned.get(later), base);
        System.out.println(line);
        Files.writeString(lines, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        apart &= line.endsWith("apart");
      }
    }
    return apart;
  }

  private Path base() throws IOException, RejectedCheckpointException {
    Path start = folder.resolve("untrained");
    if (!Files.exists(start.resolve("config.json"))) {
      Initialisation.write(start, SHAPE, seed, Map.of());
    }
    return train(start, "base", TrainingOptions.small(60, seed, 1), trainedOn);
  }

  /**
   * Every other one on a half of the samples of its own, the rest on all in an order of their own.
   */
  private Tuned tuned(int number) throws IOException, RejectedCheckpointException {
    int steps = STEPS[number % STEPS.length];
    double rate = RATES[number / STEPS.length % RATES.length];
    long own = seed + 1_000 + number;
    Random random = new Random(own);
    List<EncodedSample> samples =
        number % 2 == 0
            ? trainedOn
            : trainedOn.stream().filter(sample -> random.nextBoolean()).toList();
    TrainingOptions options =
        new TrainingOptions(
            steps,
            BatchSize.ofSamples(16, 1),
            new LearningRate(rate, Schedule.COSINE, 0.05, Math.min(20, steps / 5)),
            0.05,
            1,
            own,
            1,
            false);
    String name =
        String.format(
            Locale.ROOT,
            "%d:%d-steps-of-%.0e-on-%s",
            number,
            steps,
            rate,
            number % 2 == 0 ? "all" : "half");
    return judged(name, train(folder.resolve("base"), "tuned-" + number, options, samples));
  }

  /** A model that an earlier run of the campaign trained is taken as it is. */
  private Path train(Path from, String name, TrainingOptions options, List<EncodedSample> samples)
      throws IOException, RejectedCheckpointException {
    Path to = folder.resolve(name);
    if (!Files.exists(to)) {
      try (Trainer trainer = Trainer.open(open(from), options)) {
        trainer.run(samples, step -> {});
        trainer.save(to, Map.of());
      }
    }
    return to;
  }

  private Tuned judged(String name, Path checkpoint)
      throws IOException, RejectedCheckpointException {
    Checkpoint opened = open(checkpoint);
    try (LossModel model = LossModel.load(opened, LossOptions.cpu(Precision.F32, 1))) {
      return new Tuned(
          name,
          Losses.of(model.losses(judgedOn).stream().mapToDouble(SampleLoss::mean).toArray()),
          Fingerprint.of(opened.fingerprint(SEED_OF_FINGERPRINTS)));
    }
  }

  private static Checkpoint open(Path folder) throws IOException, RejectedCheckpointException {
    return Checkpoint.open(folder, CheckpointLimits.defaults());
  }

  private static String line(Tuned earlier, Tuned later, Tuned base) {
    Entry first = Entry.of(0, "earlier", 10, "earlier");
    Entry second = Entry.of(1, "later", 20, "later");
    List<ModelResult> models =
        List.of(
            ModelResult.accepted(first, earlier.losses()),
            ModelResult.accepted(second, later.losses()));
    Round round = Round.only(Policy.named(Policy.ORIGINAL_RANKED), models);
    ScoredModel scored =
        Scoring.score(ScoringInput.of(30, round, Standings.none())).models().get(1);
    boolean nearByWeights =
        !NearDuplicates.find(
                List.of(
                    new NearDuplicates.Candidate(first, earlier.fingerprint()),
                    new NearDuplicates.Candidate(second, later.fingerprint())),
                base.fingerprint(),
                Policy.named(Policy.ASSAY_1).entrants().nearDuplicate())
            .isEmpty();
    return String.format(
        Locale.ROOT,
        "%s %s losses apart by %.4f of the mean, moved from the base by %.4f: %s",
        earlier.name(),
        later.name(),
        share(earlier.losses(), later.losses()),
        share(earlier.losses(), base.losses()),
        scored.outcome().verdict() == Verdict.DUPLICATE
            ? "COPY by losses"
            : nearByWeights ? "COPY by weights" : "apart");
  }

  /** As docs/scoring.md defines it. */
  private static double share(Losses earlier, Losses later) {
    double squares =
        IntStream.range(0, earlier.count())
            .mapToDouble(i -> earlier.at(i) - later.at(i))
            .map(difference -> difference * difference)
            .sum();
    return Math.sqrt(squares / earlier.count()) / earlier.mean();
  }
}
