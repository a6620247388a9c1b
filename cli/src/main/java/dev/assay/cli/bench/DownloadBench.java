package dev.assay.cli.bench;

import dev.assay.cli.terminal.UsageException;
import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.AccessToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A large file from the embedded hub on the loopback address, beside curl and sha256sum one after
 * the other; by turns, medians.
 *
 * @param bytes of the file
 * @param heapMegabytes the most heap that the download's JVM may have
 * @param rounds how often each was measured
 * @param seconds of the download, its JVM's start included: received, hashed, written through to
 *     the disk
 * @param referenceSeconds of curl and sha256sum together
 * @param ratio of the two
 */
record DownloadBench(
    long bytes,
    int heapMegabytes,
    int rounds,
    double seconds,
    double referenceSeconds,
    double ratio) {
  static final double PROMISED_RATIO = 1.25;
  private static final int HEAP_MEGABYTES = 64;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final String TOKEN = "bench";

  /**
   * Measures.
   *
   * @param folder an empty one on the disk that is written to; thrice the file's size
   * @throws UsageException if curl or sha256sum is missing, or one of the three fails
   */
  static DownloadBench run(Path folder, long bytes, int rounds, long seed)
      throws IOException, InterruptedException {
    HubOptions options =
        new HubOptions(
            "127.0.0.1",
            0,
            folder.resolve("hub"),
            Map.of(DownloadProcess.REPOSITORY.namespace(), TOKEN),
            Instant.EPOCH,
            bytes);
    try (HubServer hub = HubServer.start(options)) {
      Revision revision = publish(hub, folder, bytes, seed);
      String address =
          "%s/%s/resolve/%s/%s"
              .formatted(
                  hub.address(), DownloadProcess.REPOSITORY, revision.hex(), DownloadProcess.FILE);
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        Path cache = folder.resolve("cache-" + round);
        ours.add(timed(download(hub, revision, cache, bytes)));
        delete(cache);
        Path file = folder.resolve("curl-" + round);
        double fetch = timed(List.of("curl", "-sSfL", "-o", file.toString(), address));
        theirs.add(fetch + timed(List.of("sha256sum", file.toString())));
        Files.delete(file);
      }
      double seconds = median(ours);
      double reference = median(theirs);
      return new DownloadBench(
          bytes, HEAP_MEGABYTES, rounds, seconds, reference, seconds / reference);
    }
  }

  /** Random bytes, which no disk and no connection can make smaller. */
  private static Revision publish(HubServer hub, Path folder, long bytes, long seed)
      throws IOException, InterruptedException {
    Path file = folder.resolve(DownloadProcess.FILE);
    Random random = new Random(seed);
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < bytes; written += block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(block.length, bytes - written));
      }
    }
    HubClient client = HubClient.of(hub.address(), AccessToken.of(TOKEN));
    client.createRepository(DownloadProcess.REPOSITORY);
    Revision revision =
        client.commit(DownloadProcess.REPOSITORY, "made up", Map.of(DownloadProcess.FILE, file));
    Files.delete(file);
    return revision;
  }

  private static List<String> download(HubServer hub, Revision revision, Path cache, long bytes) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + HEAP_MEGABYTES + "m",
        "-cp",
        System.getProperty("java.class.path"),
        DownloadProcess.class.getName(),
        hub.address().toString(),
        revision.hex(),
        cache.toString(),
        "" + bytes);
  }

  private static double timed(List<String> command) throws InterruptedException {
    long since = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      int exit = waitFor(process);
      if (exit != 0) {
        throw new UsageException(
            command.get(0) + " ended with " + exit + "; see what it said above");
      }
    } catch (IOException missing) {
      throw new UsageException(command.get(0) + " can't be started; install it first", missing);
    }
    return (System.nanoTime() - since) / 1e9;
  }

  private static int waitFor(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
