package dev.assay.jobs.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.HubMiners;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReading;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.tables.Warehouse;
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
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A validator in a process of its own serves two windows in a row: in the first it is killed while
 * it evaluates, before the second its endpoint is cut, and the runtime is upgraded in between.
 */
@Tag("long")
class ValidatorIT {
  private static final int NETUID = 6;
  private static final int WINDOW = 60;
  private static final long UPGRADE = 185;
  private static final long PATIENCE_SECONDS = 240;

  @TempDir private Path folder;

  private HubMiners miners;
  private Localnet localnet;
  private Wire wire;
  private RpcClient rpc;
  private Subtensor chain;
  private URI monitor;
  private Process validator;

  @BeforeEach
  void start() throws Exception {
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
    enrol();
    configure();
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
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    monitor = URI.create("http://127.0.0.1:" + port);
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
                port));
  }

  private AssayConfiguration configuration() {
    return AssayConfiguration.load(folder.resolve("assay.yaml"), Map.of());
  }

  private void done(Call call, Keypair signer) {
    assertThat(chain.submit(call, signer)).isInstanceOf(Outcome.Included.class);
  }

  private void sealTo(long block) {
    for (long number = chain.at(chain.bestHead()).number(); number < block; number++) {
      rpc.call("engine_createBlock", true, true);
    }
  }

  private void launch() throws Exception {
    validator = ValidatorProcess.start(folder, folder.resolve("assay.yaml"));
  }

  private String ask(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(monitor.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Waits for what becomes true by itself. */
  private void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime() < end && validator.isAlive())
          .as("%s: %s", what, Files.readString(folder.resolve("output")))
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean isSet(long window) {
    WindowReport report = WindowReading.now(configuration());
    return report.window() == window && report.weights() == Weights.SET;
  }

  private boolean isEvaluating() {
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      return warehouse.holder("evaluate").isPresent();
    }
  }

  @Test
  void windowsAreServedInSpiteOfAKillALostEndpointAndAnUpgrade() throws Exception {
    sealTo(3 * WINDOW + 1);
    launch();
    await("the evaluation begins", this::isEvaluating);
    validator.destroyForcibly().waitFor();
    launch();
    await("the first window is served", () -> isSet(3));
    assertThatThrownBy(() -> ValidatorProcess.validator(configuration()).close())
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("process " + validator.pid());

    wire.cut();
    await("the loss is seen", () -> ask("/healthz").contains("UNREACHABLE"));
    sealTo(4 * WINDOW + 1);
    wire.mend();
    await("the second window is served", () -> isSet(4));
    await("it is counted", () -> ask("/metrics").contains("assay_windows_served_total 2\n"));

    assertThat(ask("/metrics"))
        .contains("assay_window_weights{state=\"SET\"} 1\n", "assay_endpoint_reachable 1\n")
        .contains("assay_validator_registered 1\n", "assay_evaluation_accepted_models 1\n");
    assertThat(chain.at(chain.bestHead()).number()).isGreaterThan(UPGRADE);
    keepScrape();
  }

  /** For promtool, which checks it where it is installed. */
  private void keepScrape() throws Exception {
    Files.writeString(Path.of("target", "validator-metrics.txt"), ask("/metrics"));
  }

  @AfterEach
  void stop() throws Exception {
    if (validator != null) {
      validator.destroyForcibly().waitFor();
    }
    chain.close();
    rpc.close();
    wire.close();
    localnet.close();
    miners.close();
  }
}
