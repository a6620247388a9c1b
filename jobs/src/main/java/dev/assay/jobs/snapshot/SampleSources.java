package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.SampleFile;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.feed.SignedFeed;
import dev.assay.jobs.recorded.RecordedSource;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The kinds of sources, by the scheme of {@code feed.endpoint}: a new kind is a line here. */
public final class SampleSources {
  private static final Map<String, BiFunction<URI, Integer, SampleSource>> KINDS =
      new TreeMap<>(
          Map.of(
              "file",
              SampleFile::of,
              "http",
              SignedFeed::of,
              "https",
              SignedFeed::of,
              "recorded+file",
              RecordedSource::of,
              "recorded+s3a",
              RecordedSource::of));

  private SampleSources() {}

  /**
   * The source at an address.
   *
   * @param netuid the subnet that its samples are for
   * @throws ConfigurationException if no source is of that kind
   */
  public static SampleSource at(String endpoint, int netuid) {
    URI address = URI.create(endpoint);
    BiFunction<URI, Integer, SampleSource> kind =
        KINDS.get(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
    if (kind == null) {
      throw new ConfigurationException(
          "feed.endpoint is "
              + endpoint
              + "; the address of a source begins with one of "
              + String.join(", ", KINDS.keySet()));
    }
    return kind.apply(address, netuid);
  }
}
