package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random configurations of every family and switch of families.py: the losses of transformers, one
 * by one and in batches, and no loss that moves with a later input. The properties random.seed,
 * random.count and random.out (a file of one line a case, which a later run goes on with) choose
 * the cases; .ci/long losses sets them.
 */
class RandomModelsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Cases that exist on the disk at once. */
  private static final int CHUNK = 40;

  private static final int CHUNK_SECONDS = 900;
  private static final double F32_MEAN = 1e-5;

  /** Of one short sample; FamilyLossIT holds the mean of longer ones to a tenth of it. */
  private static final double BF16_MEAN = 5e-2;

  /**
   * Large random weights round worse: there transformers' own bf16 is the measure, so many times.
   */
  private static final double BF16_BESIDE_TRANSFORMERS = 2;

  private static final double F32_CUT = 1e-4;
  private static final double BF16_CUT = 2e-2;

  @TempDir private Path folder;

  @Test
  void randomConfigurationsHaveTheLossesOfTransformersAndSeeNothingLater() throws Exception {
    long seed = Long.getLong("random.seed", 1);
    int count = Integer.getInteger("random.count", 16);
    Path out = Path.of(System.getProperty("random.out", folder.resolve("cases.log").toString()));
    Set<Integer> left =
        IntStream.range(0, count).boxed().collect(Collectors.toCollection(TreeSet::new));
    left.removeAll(done(out));
    for (int first = 0; first < count; first += CHUNK) {
      int end = Math.min(count, first + CHUNK);
      List<Integer> cases = IntStream.range(first, end).filter(left::contains).boxed().toList();
      if (!cases.isEmpty()) {
        run(seed, cases, out);
      }
    }
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSizeGreaterThanOrEqualTo(count);
    assertThat(lines).allMatch(line -> line.contains(" ok "));
  }

  private static Set<Integer> done(Path out) throws IOException {
    if (!Files.exists(out)) {
      return Set.of();
    }
    return Files.readAllLines(out).stream()
        .map(line -> Integer.valueOf(line.substring(0, line.indexOf(' '))))
        .collect(Collectors.toSet());
  }

  /** The cases that one chunk still lacks: what lies before them and after them is done. */
  private void run(long seed, List<Integer> cases, Path out) throws Exception {
    int first = cases.get(0);
    int last = cases.get(cases.size() - 1);
    Path chunk = Files.createTempDirectory(folder, "chunk");
    PythonScripts.installed("requirements-model.txt")
        .run(
            "random_models.py",
            List.of(
                chunk.toString(),
                Long.toString(seed),
                Integer.toString(first),
                Integer.toString(last - first + 1)),
            CHUNK_SECONDS);
    for (int number : cases) {
      String line = number + " " + line(chunk, number);
      System.out.println(line);
      Files.writeString(out, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      delete(chunk.resolve(Integer.toString(number)));
    }
  }

  private static String line(Path chunk, int number) throws Exception {
    JsonNode found = JSON.readTree(chunk.resolve(number + ".json").toFile());
    Checkpoint checkpoint =
        Checkpoint.open(chunk.resolve(Integer.toString(number)), CheckpointLimits.defaults());
    Case one = new Case(checkpoint, found.get("sequence_length").intValue(), samples(found));
    double f32 = one.difference(Precision.F32, means(found, "mean"));
    double bf16 = one.difference(Precision.BF16, means(found, "mean"));
    double theirs = largest(means(found, "mean"), means(found, "bf16_mean"));
    int moved = one.moved(new Random(number));
    double cutF32 = one.cut(Precision.F32);
    double cutBf16 = one.cut(Precision.BF16);
    boolean ok =
        f32 <= F32_MEAN
            && bf16 <= Math.max(BF16_MEAN, BF16_BESIDE_TRANSFORMERS * theirs)
            && moved == 0
            && cutF32 <= F32_CUT
            && cutBf16 <= BF16_CUT;
    return String.format(
        Locale.ROOT,
        "%s %s f32 %.1e bf16 %.1e (transformers %.1e) moved %d cut %.1e %.1e",
        found.get("name").textValue(),
        ok ? "ok" : "FAILED",
        f32,
        bf16,
        theirs,
        moved,
        cutF32,
        cutBf16);
  }

  private static List<EncodedSample> samples(JsonNode found) {
    List<EncodedSample> samples = new ArrayList<>();
    for (JsonNode sample : found.get("samples")) {
      int[] ids = JSON.convertValue(sample.get("ids"), int[].class);
      samples.add(new EncodedSample(ids, sample.get("prompt_len").intValue()));
    }
    return samples;
  }

  private static List<Double> means(JsonNode found, String name) {
    List<Double> means = new ArrayList<>();
    found.get("samples").forEach(sample -> means.add(sample.get(name).doubleValue()));
    return means;
  }

  private static double largest(List<Double> exact, List<Double> rounded) {
    return IntStream.range(0, exact.size())
        .mapToDouble(i -> Math.abs(exact.get(i) - rounded.get(i)))
        .max()
        .orElse(0);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** One checkpoint and its samples. */
  private record Case(Checkpoint checkpoint, int sequenceLength, List<EncodedSample> samples) {

    private LossOptions single(Precision precision) {
      return LossOptions.cpu(precision, 1).ofSequences(sequenceLength);
    }

    /** The largest from the means of transformers, one by one and in batches. */
    double difference(Precision precision, List<Double> expected) {
      double largest = 0;
      for (LossOptions options : List.of(single(precision), single(precision).sorted())) {
        try (LossModel model = LossModel.load(checkpoint, options)) {
          List<SampleLoss> losses = model.losses(samples);
          for (int i = 0; i < losses.size(); i++) {
            largest = Math.max(largest, Math.abs(losses.get(i).mean() - expected.get(i)));
          }
        }
      }
      return largest;
    }

    /** Earlier losses whose bits move with the inputs from some place on. */
    int moved(Random random) {
      int moved = 0;
      for (Precision precision : Precision.values()) {
        try (LossModel model = LossModel.load(checkpoint, single(precision))) {
          for (EncodedSample sample : samples) {
            int from = 1 + random.nextInt(sample.length());
            int[] ids = sample.ids().clone();
            for (int i = from; i < ids.length; i++) {
              ids[i] = random.nextInt(checkpoint.config().vocabularySize());
            }
            float[] before = model.tokenLosses(new EncodedSample(sample.ids(), 0));
            float[] after = model.tokenLosses(new EncodedSample(ids, 0));
            for (int i = 0; i < Math.min(from - 1, before.length); i++) {
              moved += Float.compare(before[i], after[i]) == 0 ? 0 : 1;
            }
          }
        }
      }
      return moved;
    }

    /** How far a loss moves when its sample's second half is cut off. */
    double cut(Precision precision) {
      double largest = 0;
      try (LossModel model = LossModel.load(checkpoint, single(precision))) {
        for (EncodedSample sample : samples) {
          int[] half = Arrays.copyOf(sample.ids(), 1 + sample.length() / 2);
          float[] whole = model.tokenLosses(new EncodedSample(sample.ids(), 0));
          float[] first = model.tokenLosses(new EncodedSample(half, 0));
          for (int i = 0; i < first.length; i++) {
            largest = Math.max(largest, Math.abs(whole[i] - first[i]));
          }
        }
      }
      return largest;
    }
  }
}
