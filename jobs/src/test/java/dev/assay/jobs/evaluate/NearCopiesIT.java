package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.hash.Hash;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.sampling.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies with noise, in a competition whose policy looks for them. */
class NearCopiesIT {
  private static final long BLOCK = 225;
  private static final Window WINDOW = Window.containing(BLOCK, 10);

  @TempDir private static Path folder;
  @AutoClose private static HubMiners miners;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    miners = HubMiners.start(folder);
  }

  /** A checkpoint as it is after training has moved its weights by this much, at random. */
  private static Path moved(Path from, String name, double deviation, long seed) throws Exception {
    Path to = miners.checkpoint(name, 1, 1);
    byte[] bytes = Files.readAllBytes(from.resolve("model.safetensors"));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(seed);
    for (int at = Math.toIntExact(8 + file.getLong(0)); at < bytes.length; at += Float.BYTES) {
      file.putFloat(at, (float) (file.getFloat(at) + deviation * random.nextGaussian()));
    }
    Files.write(to.resolve("model.safetensors"), bytes);
    return to;
  }

  /**
   * A checkpoint of which one number differs: in the embedding's first row, a byte no text holds.
   */
  private static Path withAnotherUnusedRow(Path from, String name) throws Exception {
    Path to = miners.checkpoint(name, 1, 1);
    byte[] bytes = Files.readAllBytes(from.resolve("model.safetensors"));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(file.getLong(0));
    JsonNode tensors = new ObjectMapper().readTree(bytes, 8, header);
    int at = tensors.at("/model.embed_tokens.weight/data_offsets/0").asInt();
    file.putFloat(8 + header + at, 0.1f);
    Files.write(to.resolve("model.safetensors"), bytes);
    return to;
  }

  private AssayConfiguration configuration(String base) throws Exception {
    return configuration(base, "assay-1");
  }

  private AssayConfiguration configuration(String base, String policy) throws Exception {
    Files.writeString(
        own.resolve("near.yaml"),
        """
        competition_of_old_commitments: b1
        eras:
          - from_block: 0
            competitions:
              - {id: b1, families: [llama], min_parameters: 0, max_parameters: 20000000,
                 max_size: 256MiB, tokenizer: byte, template: plain, sequence_length: 512,
                 samples: 20, dtype: f32, norms: {soft: 200, soft_share: 0.15, hard: 1000},
                 base: "%s", reward_share: 1, policy: %s}
        """
            .formatted(base, policy));
    return AssayConfiguration.load(
        Files.writeString(
            own.resolve("assay.yaml"),
            """
            hub: {endpoint: "%s"}
            window: {blocks: 10}
            evaluation: {competitions: near.yaml, cache: "%s"}
            paths: {warehouse: "%s", bundles: "%s"}
            """
                .formatted(
                    miners.address(),
                    own.resolve("cache"),
                    own.resolve("tables"),
                    own.resolve("bundles"))),
        Map.of());
  }

  private static ChainReading input(CommitmentRow... commitments) {
    List<Registration> registered = new ArrayList<>();
    for (CommitmentRow row : commitments) {
      registered.add(new Registration(row.uid(), row.hotkey(), 1));
    }
    return new ChainReading(
        "0xgenesis",
        1,
        0,
        BLOCK,
        HubMiners.BLOCK_HASH,
        WINDOW,
        Hash.fromHex("0x" + "cd".repeat(32)),
        List.of(commitments),
        registered,
        WeightLimits.NONE,
        Map.of());
  }

  private static EvaluationReport evaluate(AssayConfiguration configuration, ChainReading input)
      throws Exception {
    List<SampleRow> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      samples.add(
          new SampleRow(
              "near" + i,
              "What is number " + i + "?",
              "It comes after " + (i - 1) + ".",
              "source" + i % 4,
              WINDOW.firstSampleBlock() + i % 10,
              Instant.EPOCH,
              ""));
    }
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      warehouse.table(SampleRow.TABLE).append(samples);
      return new Evaluate(
              configuration, miners.spark(), warehouse, Progress.silent(), Clock.systemUTC())
          .alone(input, Candidate.all(input, configuration.competitions()));
    }
  }

  private static EvaluationReport.Model model(EvaluationReport report, String hotkey) {
    return report.models().stream()
        .filter(model -> model.hotkey().equals(hotkey))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCopyWithNoiseIsADuplicateBeforeALossIsSpentOnIt() throws Exception {
    Path base = miners.checkpoint("base", 1, 1);
    Path tuned = moved(base, "tuned", 0.01, 5);
    Path disguised = moved(tuned, "disguised", 0.0002, 6);
    Path independent = moved(base, "independent", 0.01, 7);
    String start = miners.publish("base", base, "nobody");
    AssayConfiguration configuration =
        configuration("miners/base@" + start.replaceAll(".*:([0-9a-f]{40}):.*", "$1"));

    EvaluationReport report =
        evaluate(
            configuration,
            input(
                HubMiners.commitment(1, "tuned", 5, miners.publish("tuned", tuned, "tuned")),
                HubMiners.commitment(
                    2, "disguised", 6, miners.publish("disguised", disguised, "disguised")),
                HubMiners.commitment(
                    3,
                    "independent",
                    7,
                    miners.publish("independent", independent, "independent"))));

    assertThat(model(report, "tuned").verdict()).isEqualTo("ACCEPTED");
    assertThat(model(report, "independent").verdict()).isEqualTo("ACCEPTED");
    assertThat(model(report, "disguised").verdict()).isEqualTo("DUPLICATE");
    assertThat(model(report, "disguised").reason())
        .matches("distance of the weights .* above: 0\\.0[0-4].*; 0\\.05 \\(uid 1, block 5\\)");
    BundleFolder bundle = Bundles.of(configuration).bundle(report.evaluation());
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      assertThat(warehouse.table(LossRow.TABLE).rows())
          .extracting(LossRow::modelDigest)
          .hasSize(40)
          .doesNotContain(model(report, "disguised").digest().orElseThrow());
      assertThat(warehouse.table(FingerprintRow.TABLE).rows()).hasSize(4);
    }
    assertThat(bundle.manifest().files()).containsKey("fingerprints.ndjson");
    assertThat(bundle.damaged()).isEmpty();
    assertThat(bundle.replay()).isEmpty();
  }

  @Test
  void aCopyThatActsLikeAnEarlierModelIsADuplicateWithoutABaseToo() throws Exception {
    Path tuned = moved(miners.checkpoint("origin", 1, 1), "plain", 0.01, 5);
    Path copied = withAnotherUnusedRow(tuned, "copied");

    EvaluationReport report =
        evaluate(
            configuration("", "nous-0.2.7-ranked"),
            input(
                HubMiners.commitment(1, "plain", 5, miners.publish("plain", tuned, "plain")),
                HubMiners.commitment(2, "copied", 6, miners.publish("copied", copied, "copied"))));

    assertThat(model(report, "plain").verdict()).isEqualTo("ACCEPTED");
    assertThat(model(report, "plain").weightU16()).isEqualTo(65535);
    assertThat(model(report, "copied").verdict()).isEqualTo("DUPLICATE");
    assertThat(model(report, "copied").reason())
        .startsWith("distance of the losses from an earlier model's")
        .matches(".* above: [0-9.e-]+; 0\\.002 \\(uid 1, block 5\\)");
    assertThat(model(report, "copied").weight()).isZero();
    assertThat(Bundles.of(configuration("")).bundle(report.evaluation()).replay()).isEmpty();
  }

  @Test
  void withoutItsBaseModelACompetitionIsNotJudged() throws Exception {
    String text = miners.publish("waiting", miners.checkpoint("waiting", 3, 1), "waiting");
    ChainReading input = input(HubMiners.commitment(1, "waiting", 5, text));
    AssayConfiguration configuration = configuration("miners/nobodys@" + "0".repeat(40));

    assertThatThrownBy(() -> evaluate(configuration, input))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("the base model of competition b1 cannot be obtained");
  }
}
