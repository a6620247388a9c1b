package dev.assay.cli.bench;

import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A JVM that does nothing but download a file, so that its heap and its time are the download's.
 */
final class DownloadProcess {
  static final RepositoryId REPOSITORY = new RepositoryId("bench", "download");
  static final String FILE = "model.safetensors";
  private static final Duration LIMIT = Duration.ofHours(1);

  private DownloadProcess() {}

  /**
   * Downloads the file.
   *
   * @param arguments the hub's endpoint, the revision, the cache and the most bytes
   */
  public static void main(String[] arguments) throws Exception {
    long most = Long.parseLong(arguments[3]);
    HubClient.of(URI.create(arguments[0]))
        .download(
            REPOSITORY,
            new Revision(arguments[1]),
            List.of(FILE),
            new DownloadLimits(most, most, 1, LIMIT),
            Path.of(arguments[2]));
  }
}
