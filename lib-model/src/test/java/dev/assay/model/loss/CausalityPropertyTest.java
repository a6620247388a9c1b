package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.causal.Layout;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointBuilder;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.AdversarialWeights.Malice;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.CheckpointWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * No loss depends on anything after the position it judges: for every family, precision, kernel and
 * batch plan, and for weights that were made to break it.
 */
@Tag("long")
class CausalityPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 40;

  /** More than two blocks of queries. */
  private static final int LONGEST = 300;

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("causality");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  static Arbitrary<String> families() throws Exception {
    try (Stream<Path> files = Files.list(fixtures())) {
      return Arbitraries.of(
          files
              .filter(file -> Files.exists(file.resolve("model.safetensors")))
              .map(file -> file.getFileName().toString())
              .sorted()
              .toList());
    }
  }

  @Provide
  static Arbitrary<LossOptions> options() {
    return Arbitraries.of(
        Stream.of(Precision.values())
            .map(precision -> LossOptions.cpu(precision, 1).ofSequences(LONGEST))
            .flatMap(
                options -> Stream.of(options.in(Layout.ONEDNN), options.in(Layout.PLAIN), options))
            .flatMap(options -> Stream.of(options, options.sorted()))
            .toList());
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void earlierLossesKeepTheirBitsWhateverComesLater(
      @ForAll("families") String family,
      @ForAll("options") LossOptions options,
      @ForAll Malice malice,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    Checkpoint checkpoint = written(family, malice, random);
    List<int[]> samples = samples(checkpoint, random);
    int[] changedFrom = samples.stream().mapToInt(ids -> random.nextInt(ids.length)).toArray();
    List<int[]> changed =
        IntStream.range(0, samples.size())
            .mapToObj(i -> changed(samples.get(i), changedFrom[i], checkpoint, random))
            .toList();
    try (LossModel model = LossModel.load(checkpoint, options)) {
      List<float[]> losses = model.tokenLosses(encoded(samples));
      List<float[]> others = model.tokenLosses(encoded(changed));
      for (int i = 0; i < samples.size(); i++) {
        // The loss at index i is of token i + 1, given those up to i.
        int earlier = Math.max(0, changedFrom[i] - 1);
        assertThat(Arrays.copyOf(others.get(i), earlier))
            .as("losses before token %d of %d", changedFrom[i], samples.get(i).length)
            .containsExactly(Arrays.copyOf(losses.get(i), earlier));
      }
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void earlierLossesStayWhereTheyAreWhenASampleIsCut(
      @ForAll("families") String family,
      @ForAll("options") LossOptions options,
      @ForAll Malice malice,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    Checkpoint checkpoint = written(family, malice, random);
    List<int[]> samples = samples(checkpoint, random);
    List<int[]> cut =
        samples.stream()
            .map(ids -> Arrays.copyOf(ids, 2 + random.nextInt(ids.length - 1)))
            .toList();
    double bound = options.precision() == Precision.F32 ? 1e-4 : 2e-2;
    try (LossModel model = LossModel.load(checkpoint, options)) {
      List<float[]> losses = model.tokenLosses(encoded(samples));
      List<float[]> others = model.tokenLosses(encoded(cut));
      for (int i = 0; i < samples.size(); i++) {
        for (int token = 0; token < others.get(i).length; token++) {
          float before = losses.get(i)[token];
          float after = others.get(i)[token];
          assertThat(Float.compare(before, after) == 0 || Math.abs(before - after) <= bound)
              .as("loss %d of %d: %s, cut %s", token, samples.get(i).length - 1, before, after)
              .isTrue();
        }
      }
    }
  }

  /**
   * A fixture's configuration, sometimes with the least epsilon or an odd size, and weights of a
   * malice.
   */
  private static Checkpoint written(String family, Malice malice, Random random) throws Exception {
    ObjectNode json =
        (ObjectNode) JSON.readTree(fixtures().resolve(family).resolve("config.json").toFile());
    for (String epsilon : List.of("rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon")) {
      if (json.has(epsilon) && random.nextBoolean()) {
        json.put(epsilon, 1e-12);
      }
    }
    for (String size :
        List.of("intermediate_size", "n_inner", "ffn_hidden_size", "moe_intermediate_size")) {
      if (json.has(size) && random.nextBoolean()) {
        json.put(size, 47);
      }
    }
    Path directory = Files.createTempDirectory(folder, family);
    Path plain = CheckpointBuilder.write(directory.resolve("plain"), json);
    ModelConfig config = Checkpoint.open(plain, CheckpointLimits.defaults()).config();
    CheckpointWriter.write(
        directory.resolve("model"),
        config,
        JSON.writeValueAsBytes(json),
        new AdversarialWeights(config, malice, random.nextLong()),
        Map.of());
    return Checkpoint.open(directory.resolve("model"), CheckpointLimits.defaults());
  }

  private static List<int[]> samples(Checkpoint checkpoint, Random random) {
    int longest = LONGEST;
    if (checkpoint.config().endsAtMaxPositions()) {
      longest = Math.min(longest, checkpoint.config().maxPositions());
    }
    int most = longest;
    return IntStream.range(0, 4)
        .mapToObj(i -> new int[2 + random.nextInt(most - 1)])
        .map(ids -> changed(ids, 0, checkpoint, random))
        .toList();
  }

  /** The same with other tokens from an index on; the one that overflows is one in eight. */
  private static int[] changed(int[] ids, int from, Checkpoint checkpoint, Random random) {
    int[] other = ids.clone();
    for (int i = from; i < ids.length; i++) {
      other[i] =
          random.nextInt(8) == 0
              ? AdversarialWeights.OVERFLOWING_TOKEN
              : random.nextInt(checkpoint.config().vocabularySize());
    }
    return other;
  }

  private static List<EncodedSample> encoded(List<int[]> samples) {
    return samples.stream().map(ids -> new EncodedSample(ids, 0)).toList();
  }

  private static Path fixtures() throws Exception {
    return Path.of(
        Objects.requireNonNull(FamilyLossTest.class.getResource("families"), "the fixtures")
            .toURI());
  }
}
