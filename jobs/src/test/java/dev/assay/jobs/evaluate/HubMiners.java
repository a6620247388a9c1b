package dev.assay.jobs.evaluate;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Miners with untrained models of different seeds on a hub of their own. */
public final class HubMiners implements AutoCloseable {
  static final String BLOCK_HASH = "0x" + "ab".repeat(32);
  static final long BLOCK = 25;

  /** Of the one account that publishes. */
  public static final String TOKEN = "hf_m1n3rs";

  private final Path folder;
  private final HubServer hub;
  private SparkSession spark;

  private HubMiners(Path folder, HubServer hub) {
    this.folder = folder;
    this.hub = hub;
  }

  /** Starts the hub. */
  public static HubMiners start(Path folder) throws IOException {
    HubOptions options =
        HubOptions.local(folder.resolve("hub"), Map.of("miners", TOKEN), Instant.EPOCH);
    return new HubMiners(folder, HubServer.start(options));
  }

  /**
   * A session of a validator of this hub, started when it is first asked for. It ends with the
   * process: another class goes on with it.
   */
  public synchronized SparkSession spark() throws IOException {
    if (spark == null) {
      spark = SparkRuntime.start(configuration(folder), System.getenv());
    }
    return spark;
  }

  /** A sample of one of two sources, by turns. */
  static SampleRow sample(String prefix, int number, long block) {
    return new SampleRow(
        prefix + number,
        "What is number " + number + "?",
        "The number " + number + ", after " + (number - 1) + ".",
        "source" + number % 2,
        block,
        Instant.EPOCH,
        "");
  }

  /** Of the hub. */
  public URI address() {
    return hub.address();
  }

  /** A validator of this hub that keeps everything in one folder. */
  AssayConfiguration configuration(Path folder) throws IOException {
    return configuration(folder, address(), Map.of());
  }

  /** A validator that reaches the hub by another address. */
  static AssayConfiguration configuration(Path folder, URI hub, Map<String, String> environment)
      throws IOException {
    return AssayConfiguration.load(
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            chain: {endpoints: ["http://127.0.0.1:1"], netuid: 1}
            hub: {endpoint: "%s", silence: 2s}
            window: {blocks: 10}
            evaluation: {competitions: competitions-demo.yaml, cache: "%s", visible_within_blocks: 16}
            spark: {executors: 2, executor_memory: 512MiB}
            paths: {warehouse: "%s", bundles: "%s"}
            """
                .formatted(
                    hub,
                    folder.resolve("cache"),
                    folder.resolve("tables"),
                    folder.resolve("bundles"))),
        environment);
  }

  /** Where the checkpoints are. */
  Path folder() {
    return folder;
  }

  /** An untrained checkpoint; one of more layers takes longer. */
  public Path checkpoint(String name, long seed, int layers) throws IOException {
    return checkpoint(
        name, seed, new LlamaShape(ByteTokenizer.VOCABULARY, 64, 128, layers, 4, 2, 512));
  }

  Path checkpoint(String name, long seed, LlamaShape shape) throws IOException {
    Path checkpoint = folder.resolve(name);
    Initialisation.write(checkpoint, shape, seed, Map.of());
    return checkpoint;
  }

  /** Publishes and returns the text that its hotkey commits. */
  public String publish(String name, Path checkpoint, String hotkey)
      throws IOException, InterruptedException {
    RepositoryId repository = new RepositoryId("miners", name);
    HubClient client = HubClient.of(hub.address(), AccessToken.of(TOKEN));
    client.createRepository(repository);
    Revision revision = client.commit(repository, "a model", files(checkpoint));
    String hash =
        DirectoryHash.withHotkey(
            DirectoryHash.of(FileDigest.ofFiles(checkpoint, files(checkpoint).keySet())), hotkey);
    return new CommittedModel(new RepositoryId("miners", name), revision.hex(), hash, "b1").text();
  }

  private static Map<String, Path> files(Path checkpoint) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(checkpoint)) {
      listed.forEach(file -> files.put(file.getFileName().toString(), file));
    }
    return files;
  }

  /** A commitment as the chain would show it. */
  static CommitmentRow commitment(int uid, String hotkey, long committed, String text) {
    return new CommitmentRow(
        1,
        BLOCK,
        BLOCK_HASH,
        hotkey,
        uid,
        1,
        committed,
        HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)),
        Optional.of(text),
        Optional.of("Raw"));
  }

  @Override
  public void close() {
    hub.close();
  }
}
