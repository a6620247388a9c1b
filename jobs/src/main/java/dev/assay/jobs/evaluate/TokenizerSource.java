package dev.assay.jobs.evaluate;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubException;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Opens a competition's tokenizer by its configured name: {@code byte}, a folder with a
 * tokenizer.json, or a repository of the hub, {@code namespace/name} or {@code
 * namespace/name@revision}.
 */
public record TokenizerSource(HubClient hub, Path cache) {
  private static final DownloadLimits LIMITS =
      new DownloadLimits(64L << 20, 64L << 20, 1, Duration.ofMinutes(5));

  /**
   * Opens it.
   *
   * @throws ConfigurationException if there is none of that name
   */
  public Tokenizer open(String name) throws IOException, InterruptedException {
    try {
      return Tokenizer.open(file(name), TokenizerLimits.defaults());
    } catch (RejectedCheckpointException unfit) {
      throw new ConfigurationException(
          "the tokenizer " + name + " cannot be used: " + unfit.getMessage());
    } catch (IllegalArgumentException | HubException unknown) {
      throw new ConfigurationException(
          "the tokenizer "
              + name
              + " is neither byte, nor a folder, nor a repository of the hub: "
              + unknown.getMessage());
    }
  }

  private Path file(String name) throws IOException, InterruptedException {
    if (name.equals("byte")) {
      Path file = Files.createDirectories(cache).resolve("byte-tokenizer.json");
      ByteTokenizer.write(file);
      return file;
    }
    Path folder = Path.of(name);
    if (Files.isDirectory(folder)) {
      return folder.resolve("tokenizer.json");
    }
    String[] parts = name.split("@", 2);
    String[] names = parts[0].split("/", 2);
    RepositoryId repository = new RepositoryId(names[0], names.length == 2 ? names[1] : "");
    Revision revision =
        parts.length == 2 ? new Revision(parts[1]) : hub.info(repository).revision();
    return hub.download(repository, revision, List.of("tokenizer.json"), LIMITS, cache)
        .directory()
        .resolve("tokenizer.json");
  }
}
