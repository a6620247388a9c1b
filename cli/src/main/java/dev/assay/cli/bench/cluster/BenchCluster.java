package dev.assay.cli.bench.cluster;

import dev.assay.cli.terminal.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Spark's standalone master with workers, as {@code start-cluster} starts them: each on an address
 * of its own, so that Spark takes them for machines.
 */
final class BenchCluster implements AutoCloseable {
  private static final String MASTER = "master:";
  private static final String RUNS = "Ctrl-C stops them";

  private final Process process;
  private final String master;

  private BenchCluster(Process process, String master) {
    this.process = process;
    this.master = master;
  }

  /**
   * Starts one; every worker has registered when this returns.
   *
   * @param folder of logs and of the workers' own folders
   * @param environment of this process, which names SPARK_HOME
   * @throws UsageException if it doesn't come up
   */
  static BenchCluster start(Path folder, int workers, Map<String, String> environment)
      throws IOException {
    Path home = Path.of(environment.getOrDefault("SPARK_HOME", ""));
    Process process =
        new ProcessBuilder(
                home.resolve("bin").resolve("start-cluster").toString(),
                "--workers",
                Integer.toString(workers),
                "--addresses",
                "several",
                "--port",
                Integer.toString(freePort()),
                "--dir",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try {
      return new BenchCluster(process, master(process.inputReader(StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException failed) {
      end(process);
      throw failed;
    }
  }

  private static String master(BufferedReader said) throws IOException {
    StringBuilder all = new StringBuilder();
    String master = "";
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      if (line.startsWith(MASTER)) {
        master = line.substring(MASTER.length()).strip();
      }
      if (line.contains(RUNS)) {
        return master;
      }
    }
    throw new UsageException("start-cluster ended before its workers ran: " + all);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its address, as Spark writes it. */
  String master() {
    return master;
  }

  @Override
  public void close() {
    end(process);
  }

  /** The script stops its workers when it is told to end. */
  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
