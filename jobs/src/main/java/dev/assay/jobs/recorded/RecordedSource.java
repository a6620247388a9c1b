package dev.assay.jobs.recorded;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A recorded snapshot as a source: one file an answer, so that a snapshot of any size needs one
 * file's memory. A file is offered only if the manifest's signature and its digest fit.
 */
public final class RecordedSource implements SampleSource {
  private final String endpoint;
  private final RecordedFolder folder;
  private final int netuid;
  private Optional<RecordedManifest> manifest = Optional.empty();

  private RecordedSource(String endpoint, RecordedFolder folder, int netuid) {
    this.endpoint = endpoint;
    this.folder = folder;
    this.netuid = netuid;
  }

  /**
   * The snapshot in a folder.
   *
   * @param endpoint {@code recorded+file:///folder} or {@code recorded+s3a://bucket/folder}
   */
  public static SampleSource of(URI endpoint, int netuid, S3Settings s3) {
    String address = endpoint.toString();
    return new RecordedSource(
        address, RecordedFolder.at(address.substring(address.indexOf('+') + 1), s3), netuid);
  }

  @Override
  public void require(String genesis, Set<String> trusted) {
    RecordedManifest recorded = manifest();
    if (!recorded.genesis().equals(genesis)) {
      throw refused(
          "is of the chain with the genesis %s, and chain.endpoints lead to %s"
              .formatted(recorded.genesis(), genesis));
    }
    if (!trusted.contains(recorded.recorder())) {
      throw refused(
          "was recorded by %s, who is not trusted: feed.sources names those that are; where it is"
                  .formatted(recorded.recorder())
              + " empty, validators with a permit are");
    }
  }

  @Override
  public Page samples(long fromBlock, long toBlock) {
    RecordedManifest recorded = manifest();
    if (fromBlock > recorded.toBlock()) {
      return new Page(List.of(), OptionalLong.of(fromBlock));
    }
    Optional<Map.Entry<String, RecordedFile>> file =
        recorded.files().entrySet().stream()
            .filter(each -> each.getValue().overlaps(fromBlock, toBlock))
            .findFirst();
    long last =
        file.map(each -> each.getValue().lastBlock()).orElse(Math.min(toBlock, recorded.toBlock()));
    return new Page(
        file.map(each -> offers(each, fromBlock, toBlock)).orElse(List.of()),
        last < toBlock ? OptionalLong.of(last + 1) : OptionalLong.empty());
  }

  private List<Optional<OfferedSample>> offers(
      Map.Entry<String, RecordedFile> file, long fromBlock, long toBlock) {
    return asked(() -> folder.samples(file.getKey(), file.getValue())).stream()
        .filter(sample -> sample.block() >= fromBlock && sample.block() <= toBlock)
        .map(sample -> sample.offer(netuid))
        .toList();
  }

  private RecordedManifest manifest() {
    if (manifest.isEmpty()) {
      manifest = Optional.of(asked(folder::manifest));
    }
    return manifest.get();
  }

  private interface Question<T> {
    T ask();
  }

  private <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (IllegalArgumentException fault) {
      throw new ConfigurationException(
          "feed.endpoint is " + endpoint + ": " + fault.getMessage(), fault);
    } catch (UncheckedIOException unreadable) {
      throw new FeedException(unreadable.getMessage() + "; try again later");
    }
  }

  private ConfigurationException refused(String why) {
    return new ConfigurationException(
        "feed.endpoint is " + endpoint + ", which " + why + "; give it another snapshot");
  }
}
