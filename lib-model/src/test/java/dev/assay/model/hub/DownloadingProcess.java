package dev.assay.model.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Downloads one file of a scripted hub into a cache, as an executor does, or in another process.
 */
final class DownloadingProcess {
  static final String FILE = "model.safetensors";
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1 << 30, 1 << 30, 3, Duration.ofMinutes(5));

  private DownloadingProcess() {}

  static Snapshot download(URI hub, Path cache) throws IOException, InterruptedException {
    return HubClient.of(hub)
        .download(
            new RepositoryId("a", "b"),
            new Revision(HubClientTest.REVISION),
            List.of(FILE),
            LIMITS,
            cache);
  }

  /** Begins one in a process, which prints nothing and ends with 0 if it succeeds. */
  static Process begun(URI hub, Path cache) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DownloadingProcess.class.getName(),
            hub.toString(),
            cache.toString())
        .inheritIO()
        .start();
  }

  public static void main(String[] words) throws Exception {
    download(URI.create(words[0]), Path.of(words[1]));
  }
}
