package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.feed.SampleFile;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.feed.SignedFeed;
import dev.assay.jobs.recorded.RecordedSource;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of sources, by the scheme of {@code feed.endpoint}: a new kind is a line here. */
public final class SampleSources {
  private interface Kind {
    SampleSource at(URI endpoint, int netuid, S3Settings s3);
  }

  private static final Map<String, Kind> KINDS =
      new TreeMap<>(
          Map.of(
              "file",
              (file, netuid, s3) -> SampleFile.of(file, netuid),
              "http",
              (feed, netuid, s3) -> SignedFeed.of(feed, netuid),
              "https",
              (feed, netuid, s3) -> SignedFeed.of(feed, netuid),
              "recorded+file",
              RecordedSource::of,
              "recorded+s3a",
              RecordedSource::of));

  private SampleSources() {}

  /**
   * The source at an address.
   *
   * @param netuid the subnet that its samples are for
   * @param s3 the object store of recorded snapshots
   * @throws ConfigurationException if no source is of that kind
   */
  public static SampleSource at(String endpoint, int netuid, S3Settings s3) {
    URI address = URI.create(endpoint);
    Kind kind = KINDS.get(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
    if (kind == null) {
      throw new ConfigurationException(
          "feed.endpoint is "
              + endpoint
              + "; the address of a source begins with one of "
              + String.join(", ", KINDS.keySet()));
    }
    return kind.at(address, netuid, s3);
  }
}
