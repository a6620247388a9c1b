package dev.assay.jobs.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.HubMiners;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReading;
import dev.assay.jobs.status.WindowReport;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A local subnet with one miner, and a validator in a process of its own that serves it. */
public final class ServedSubnet implements AutoCloseable {
  /** Blocks of a window. */
  public static final int WINDOW = 60;

  /** At this block the chain's runtime is upgraded. */
  static final long UPGRADE = 185;

  private static final int NETUID = 6;
  private static final long PATIENCE_SECONDS = 240;

  private final Path folder;
  private final HubMiners miners;
  private final Localnet localnet;
  private final Wire wire;
  private final RpcClient rpc;
  private final Subtensor chain;
  private final URI monitor;
  private Process validator;

  private ServedSubnet(Path folder) throws IOException {
    this.folder = folder;
    miners = HubMiners.start(Files.createDirectory(folder.resolve("miners")));
    localnet =
        Localnet.start(
            new LocalnetOptions(
                folder.resolve("localnet"),
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                NETUID,
                20,
                Sealing.INSTANT,
                2,
                SampleSubnet.withoutMiners(NETUID, List.of(Keypair.fromUri("//Alice"))),
                Map.of(),
                LocalnetPorts.ANY,
                false,
                OptionalLong.of(UPGRADE),
                false));
    wire = new Wire(localnet.chain());
    rpc = new HttpRpcClient(localnet.chain(), RpcLimits.DEFAULT);
    chain =
        Subtensor.connect(
            List.of(localnet.chain()),
            ConnectOptions.DEFAULT.withPatience(
                new Patience(Duration.ofMillis(10), Duration.ofSeconds(30), false)));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      monitor = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
  }

  /** Starts all but the validator, shortly before window 3 opens. */
  public static ServedSubnet start(Path folder) throws Exception {
    ServedSubnet subnet = new ServedSubnet(folder);
    subnet.enrol();
    subnet.configure();
    return subnet;
  }

  private void enrol() throws Exception {
    Keypair alice = Keypair.fromUri("//Alice");
    Keypair own = Keypair.fromUri("//Validator");
    Keypair miner = Keypair.fromUri("//Miner");
    done(Calls.burnedRegister(NETUID, own.account()), alice);
    done(Calls.burnedRegister(NETUID, miner.account()), alice);
    done(Calls.addStake(own.account(), NETUID, 1_000_000_000_000L), alice);
    String text = miners.publish("model", miners.checkpoint("model", 7, 1), miner.account().ss58());
    done(Calls.setCommitment(NETUID, text.getBytes(StandardCharsets.UTF_8)), miner);
    sealTo(3 * WINDOW - 2);
  }

  private void configure() throws IOException {
    new Wallet(folder.resolve("wallets"), "default", "default")
        .storeHotkey(Keypair.fromUri("//Validator"));
    Files.writeString(
        folder.resolve("assay.yaml"),
        """
        chain: {endpoints: ["%s"], netuid: %d, poll: 50ms}
        hub: {endpoint: "%s"}
        feed: {endpoint: "%s", sources: ["%s"]}
        window: {blocks: %d}
        evaluation: {competitions: competitions-demo.yaml, cache: "%s"}
        spark: {executors: 1, executor_memory: 512MiB}
        submit: {wallets: "%s", finality_timeout: 30s, era_blocks: 16}
        paths: {warehouse: "%s", bundles: "%s"}
        validator: {listen: "127.0.0.1:%d", poll: 200ms}
        """
            .formatted(
                wire.address(),
                NETUID,
                miners.address(),
                localnet.feed(),
                Keypair.fromUri("//Alice").account().ss58(),
                WINDOW,
                folder.resolve("cache"),
                folder.resolve("wallets"),
                folder.resolve("tables"),
                folder.resolve("bundles"),
                monitor.getPort()));
  }

  /** The validator's. */
  AssayConfiguration configuration() {
    return AssayConfiguration.load(folder.resolve("assay.yaml"), Map.of());
  }

  private void done(Call call, Keypair signer) {
    assertThat(chain.submit(call, signer)).isInstanceOf(Outcome.Included.class);
  }

  /** The last block's number. */
  long block() {
    return chain.at(chain.bestHead()).number();
  }

  /** Makes blocks until there is this one. */
  public void sealTo(long block) {
    for (long number = block(); number < block; number++) {
      rpc.call("engine_createBlock", true, true);
    }
  }

  /** The validator's wire to the chain. */
  Wire wire() {
    return wire;
  }

  /** Starts the validator's process. */
  public void launch() throws Exception {
    validator = ValidatorProcess.start(folder, folder.resolve("assay.yaml"));
  }

  /** Kills it. */
  void kill() {
    validator.destroyForcibly().onExit().join();
  }

  /** The id of the process that runs. */
  long pid() {
    return validator.pid();
  }

  /** Where it tells health and metrics. */
  public URI monitor() {
    return monitor;
  }

  /** What it answers there. */
  public String ask(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(monitor.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Waits for what becomes true by itself. */
  public void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime() < end && validator.isAlive())
          .as("%s: %s", what, Files.readString(folder.resolve("output")))
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Whether the present window is this one and has its weights. */
  public boolean isSet(long window) {
    WindowReport report = WindowReading.now(configuration());
    return report.window() == window && report.weights() == Weights.SET;
  }

  @Override
  public void close() {
    if (validator != null) {
      kill();
    }
    chain.close();
    rpc.close();
    wire.close();
    localnet.close();
    miners.close();
  }
}
