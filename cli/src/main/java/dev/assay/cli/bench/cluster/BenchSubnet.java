package dev.assay.cli.bench.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.demo.BlockClock;
import dev.assay.cli.localnet.LocalnetConfiguration;
import dev.assay.cli.participants.Enrolment;
import dev.assay.cli.participants.Participant;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import dev.assay.miner.FineTuning;
import dev.assay.miner.ModelCommitment;
import dev.assay.miner.Publication;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A subnet on this machine: miners with models of one size that nobody has trained, a feed, and
 * blocks when they are asked for.
 */
final class BenchSubnet implements AutoCloseable {
  private static final int NETUID = 6;
  private static final int TEMPO = 360;
  private static final int WINDOW = 40;
  private static final int SAMPLES_PER_BLOCK = 16;
  private static final String NAMESPACE = "bench";
  private static final String TOKEN = "token-of-bench";
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final ConnectOptions CONNECTION =
      ConnectOptions.DEFAULT.withPatience(
          new Patience(Duration.ofMillis(20), Duration.ofMinutes(1), false));

  private final Path folder;
  private final long seed;
  private final Localnet localnet;
  private final Subtensor chain;
  private final RpcClient rpc;
  private final BlockClock clock;
  private final List<CommittedModel> models = new ArrayList<>();

  private BenchSubnet(Path folder, long seed, Localnet localnet) {
    this.folder = folder;
    this.seed = seed;
    this.localnet = localnet;
    this.chain = Subtensor.connect(List.of(localnet.chain()), CONNECTION);
    this.rpc = new HttpRpcClient(localnet.chain(), RpcLimits.DEFAULT);
    this.clock = new BlockClock(rpc);
  }

  /**
   * Starts one without miners.
   *
   * @param folder a new one
   */
  static BenchSubnet start(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    return new BenchSubnet(
        folder,
        seed,
        Localnet.start(
            new LocalnetOptions(
                folder.resolve("localnet"),
                seed,
                Instant.parse("2026-01-01T00:00:00Z"),
                NETUID,
                TEMPO,
                Sealing.INSTANT,
                SAMPLES_PER_BLOCK,
                SampleSubnet.withoutMiners(NETUID, List.of(ALICE)),
                Map.of(NAMESPACE, TOKEN),
                LocalnetPorts.ANY,
                false,
                OptionalLong.empty(),
                false)));
  }

  /** Registers miners, each of which publishes a model and commits to it. */
  void join(int miners, LlamaShape shape) throws IOException, InterruptedException {
    for (int i = 0; i < miners; i++) {
      join(shape, false);
    }
  }

  /** The same of one miner whose repository nobody else sees yet. */
  void joinUnseen(LlamaShape shape) throws IOException, InterruptedException {
    join(shape, true);
  }

  /** Shows what the last miner has published. */
  void show() throws InterruptedException {
    hub().makePublic(models.get(models.size() - 1).repository());
  }

  private void join(LlamaShape shape, boolean unseen) throws IOException, InterruptedException {
    String name = "miner-" + models.size();
    Participant miner = Participant.of(name, seed);
    new Enrolment(chain, NETUID, ALICE).miner(miner);
    Path checkpoint = folder.resolve("miners").resolve(name);
    Files.createDirectories(checkpoint.getParent());
    Initialisation.write(
        checkpoint,
        shape,
        1_000 * seed + models.size(),
        Map.of(FineTuning.TOKENIZER, Files.readAllBytes(tokenizer())));
    CommittedModel model =
        new Publication(hub())
            .publish(
                new RepositoryId(NAMESPACE, name),
                checkpoint,
                miner.hotkey().account(),
                "b1",
                unseen);
    ModelCommitment.commit(chain, NETUID, model, miner.hotkey())
        .orThrow("the commitment of " + name);
    models.add(model);
  }

  /** The one that all models have. */
  Path tokenizer() throws IOException {
    Path file = folder.resolve(FineTuning.TOKENIZER);
    if (!Files.exists(file)) {
      ByteTokenizer.write(file);
    }
    return file;
  }

  private HubClient hub() {
    return HubClient.of(localnet.hub(), AccessToken.of(TOKEN));
  }

  /** Where the models are. */
  URI address() {
    return localnet.hub();
  }

  /** What the hub has sent of files. */
  long bytesSent() {
    return localnet.hubBytesSent();
  }

  /** Of all miners, in the order in which they joined. */
  List<CommittedModel> models() {
    return List.copyOf(models);
  }

  /** Goes on to the first block of a window that judges all that is committed. */
  void nextWindow() {
    clock.advanceTo((clock.head() / WINDOW + 2) * WINDOW);
  }

  /** Goes on by one block. */
  void nextBlock() {
    clock.advanceTo(clock.head() + 1);
  }

  /**
   * A validator that has seen nothing yet.
   *
   * @param change what it sets otherwise than a localnet's validator
   */
  AssayConfiguration validator(String name, Consumer<ObjectNode> change) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    ObjectNode tree = LocalnetConfiguration.tree(localnet, NETUID, WINDOW, own);
    tree.withObject("/chain").put("poll", "20ms");
    tree.withObject("/feed").putArray("sources").add(ALICE.account().ss58());
    tree.withObject("/spark").put("executors", 1).put("executor_memory", "512MiB");
    change.accept(tree);
    Path file = own.resolve("assay.yaml");
    Files.writeString(file, LocalnetConfiguration.yaml(tree));
    return AssayConfiguration.load(file, Map.of());
  }

  @Override
  public void close() {
    rpc.close();
    chain.close();
    localnet.close();
  }
}
