package dev.assay.jobs.candidates;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.model.checkpoint.CheckpointFiles;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Opens a competition's tokenizer by its configured name: {@code byte}, a folder with a
 * tokenizer.json, or a repository of the hub, {@code namespace/name} or {@code
 * namespace/name@revision}.
 */
public record TokenizerSource(HubClient hub, Path cache) {
  /** What transformers reads beside tokenizer.json. */
  private static final List<String> SETTINGS =
      List.of("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json");

  private static final DownloadLimits LIMITS =
      new DownloadLimits(64L << 20, 80L << 20, 4, Duration.ofMinutes(5));

  /**
   * Opens it.
   *
   * @throws ConfigurationException if there is none of that name
   * @throws NotReadyException if the hub does not give it now
   */
  public Tokenizer open(String name) throws IOException, InterruptedException {
    try {
      return Tokenizer.openFolder(folder(name), TokenizerLimits.defaults());
    } catch (RejectedCheckpointException unfit) {
      throw new ConfigurationException(
          "the tokenizer " + name + " cannot be used: " + unfit.getMessage());
    } catch (HubException.Unavailable | HubException.Broken | HubException.Refused later) {
      throw new NotReadyException(
          "the tokenizer " + name + " cannot be obtained from the hub: " + later.getMessage());
    } catch (IllegalArgumentException | HubException unknown) {
      throw new ConfigurationException(
          "the tokenizer "
              + name
              + " is neither byte, nor a folder, nor a repository of the hub: "
              + unknown.getMessage());
    }
  }

  /**
   * An encoder of a competition's samples, whose template and tokenizer belong together.
   *
   * @param tokenizer opened by {@code name}
   * @throws ConfigurationException naming the marker of the template that does not fit
   */
  public SampleEncoder encoder(Tokenizer tokenizer, String name, String template, int maxTokens) {
    try {
      return SampleEncoder.of(tokenizer, ChatTemplate.named(template), maxTokens);
    } catch (RejectedCheckpointException unfit) {
      throw new ConfigurationException(
          "the tokenizer " + name + " and the template do not fit: " + unfit.getMessage());
    }
  }

  private Path folder(String name) throws IOException, InterruptedException {
    if (name.equals("byte")) {
      Path folder = Files.createDirectories(cache.resolve("byte-tokenizer"));
      ByteTokenizer.write(folder.resolve(CheckpointFiles.TOKENIZER));
      return folder;
    }
    Path folder = Path.of(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    String[] parts = name.split("@", 2);
    String[] names = parts[0].split("/", 2);
    RepositoryId repository = new RepositoryId(names[0], names.length == 2 ? names[1] : "");
    Revision revision =
        parts.length == 2 ? new Revision(parts[1]) : hub.info(repository).revision();
    List<String> there = hub.tree(repository, revision).stream().map(HubFile::path).toList();
    List<String> files =
        Stream.concat(
                Stream.of(CheckpointFiles.TOKENIZER), SETTINGS.stream().filter(there::contains))
            .toList();
    return hub.download(repository, revision, files, LIMITS, cache).directory();
  }
}
