package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Calls;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations whose executors can't work: there is no GPU, or no engine. */
@Tag("long")
class NoExecutorIT {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int WINDOW = 10;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void thatNoExecutorHasTheEngineIsSaidAndTheRepairedOneMayBeTriedAgain() throws Exception {
    Path natives = Files.createDirectory(folder.resolve("natives"));
    Files.writeString(natives.resolve("libtorch.so"), "no library");
    try (SmallSubnet subnet = SmallSubnet.start(List.of(100), 1);
        HubOfOneModel hub = HubOfOneModel.start(Files.createDirectory(folder.resolve("hub")))) {
      commit(subnet, hub);
      String setting = "-Dspark.executorEnv.PYTORCH_LIBRARY_PATH=" + natives;

      Process evaluation =
          start(
              "evaluation",
              List.of(setting),
              List.of(
                  "dev.assay.cli.Main",
                  "evaluate",
                  "--no-submit",
                  "--config",
                  configuration(subnet, hub, 0).toString()));

      assertThat(evaluation.waitFor(5, TimeUnit.MINUTES)).as(this::output).isTrue();
      assertThat(output())
          .contains("no node can be used: this node cannot compute the canary's loss")
          .contains("see assay doctor --cluster");
      assertThat(evaluation.exitValue()).isEqualTo(ExitCode.TRY_AGAIN_LATER);
    }
  }

  /**
   * The README's cluster command with {@code conf/gpu.conf} on Spark's own master and a worker that
   * has no GPU. Spark itself would wait for ever.
   */
  @Test
  void thatNoWorkerHasTheGpuIsSaidWithinAMinute() throws Exception {
    String master = "spark://" + LOOPBACK + ":" + cluster();
    try (SmallSubnet subnet = SmallSubnet.start(List.of(100), 1);
        HubOfOneModel hub = HubOfOneModel.start(Files.createDirectory(folder.resolve("hub")))) {
      commit(subnet, hub);
      Path configuration = configuration(subnet, hub, 1);
      List<String> command =
          List.of(
              "dev.assay.cli.Main",
              "evaluate",
              "--no-submit",
              "--config",
              configuration.toString());
      Process refused = start("refused", List.of("-Dspark.master=local[2]"), command);

      Process evaluation = start("evaluation", gpuSettings(master), command);

      assertThat(evaluation.waitFor(5, TimeUnit.MINUTES)).as(this::output).isTrue();
      assertThat(output())
          .contains("no executor of " + master + " took a task in 45 s")
          .contains("each executor asks for 1 GPU", "spark.worker.resource.gpu.amount");
      assertThat(evaluation.exitValue()).isEqualTo(ExitCode.USAGE);
      // Meanwhile, on a master that never offers one.
      assertThat(refused.waitFor()).isEqualTo(ExitCode.USAGE);
      assertThat(Files.readString(folder.resolve("refused.log")))
          .contains("spark.master is local[2], which offers no GPU");
    }
  }

  /** Starts a master and a worker, and returns the master's port once the worker is registered. */
  private int cluster() throws Exception {
    int port = freePort();
    int page = freePort();
    start(
        "master",
        List.of(),
        List.of(
            "org.apache.spark.deploy.master.Master",
            "--host",
            LOOPBACK,
            "--port",
            port + "",
            "--webui-port",
            page + ""));
    start(
        "worker",
        List.of(),
        List.of(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            LOOPBACK,
            "--cores",
            "2",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "--work-dir",
            folder.resolve("work").toString(),
            "spark://" + LOOPBACK + ":" + port));
    HttpRequest state =
        HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + page + "/json/")).build();
    for (int tries = 0; !hasWorker(state); tries++) {
      assertThat(tries).as("no worker registers").isLessThan(600);
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return port;
  }

  private static boolean hasWorker(HttpRequest state) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(state, HttpResponse.BodyHandlers.ofString())
          .body()
          .contains("\"aliveworkers\" : 1");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process start(String name, List<String> options, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("evaluation.log"));
    } catch (IOException none) {
      return "";
    }
  }

  /** What {@code spark-submit --properties-file conf/gpu.conf} makes of it. */
  private static List<String> gpuSettings(String master) throws IOException {
    List<String> options = new ArrayList<>();
    options.add("-Dspark.master=" + master);
    options.add("-Dspark.driver.host=" + LOOPBACK);
    for (String line : Files.readAllLines(Path.of("..", "conf", "gpu.conf"))) {
      if (line.startsWith("spark.")) {
        String[] setting = line.split("\\s+", 2);
        options.add("-D" + setting[0] + "=" + setting[1]);
      }
    }
    return options;
  }

  private static void commit(SmallSubnet subnet, HubOfOneModel hub) throws Exception {
    Keypair miner = SmallSubnet.key(1);
    String hotkey = miner.account().ss58();
    String text = hub.publish(hotkey);
    subnet.done(
        Calls.transferKeepAlive(miner.account(), 1_000_000_000L), Keypair.fromUri("//Alice"));
    subnet.done(
        Calls.setCommitment(SmallSubnet.NETUID, text.getBytes(StandardCharsets.UTF_8)), miner);
    subnet.seal(2 * WINDOW);
  }

  private Path configuration(SmallSubnet subnet, HubOfOneModel hub, int gpus) throws IOException {
    Path tables = folder.resolve("tables");
    long first = (subnet.head().number() / WINDOW - 1) * WINDOW;
    List<SampleRow> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(
          new SampleRow(
              "sample" + i,
              "What is number " + i + "?",
              "The number " + i + ", after " + (i - 1) + ".",
              "source" + i % 2,
              first + i % WINDOW,
              Instant.EPOCH,
              ""));
    }
    try (Warehouse warehouse = Warehouse.open(tables.toString(), new Configuration())) {
      warehouse.table(SampleRow.TABLE).append(samples);
    }
    return Files.writeString(
        folder.resolve("assay.yaml"),
        """
        chain: {endpoints: ["%s"], netuid: %d}
        hub: {endpoint: "%s"}
        window: {blocks: %d}
        evaluation: {competitions: competitions-demo.yaml, gpus_per_task: %d, cache: "%s"}
        paths: {warehouse: "%s", bundles: "%s"}
        """
            .formatted(
                subnet.address(),
                SmallSubnet.NETUID,
                hub.address(),
                WINDOW,
                gpus,
                folder.resolve("cache"),
                tables,
                folder.resolve("bundles")));
  }
}
