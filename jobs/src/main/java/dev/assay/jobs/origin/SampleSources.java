package dev.assay.jobs.origin;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.dataset.DatasetSource;
import dev.assay.jobs.feed.SampleFile;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.feed.SignedFeed;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.jobs.recorded.RecordedSource;
import dev.assay.jobs.wandb.RunsSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of sources, by the scheme of {@code feed.endpoint}: a new kind is a line here. */
public final class SampleSources {
  private interface Kind {
    SampleSource at(URI endpoint, int netuid, AssayConfiguration configuration);
  }

  private static final Map<String, Kind> KINDS =
      new TreeMap<>(
          Map.of(
              DatasetSource.SCHEME,
              SampleSources::dataset,
              "file",
              (file, netuid, settings) -> SampleFile.of(file, netuid),
              "http",
              (feed, netuid, settings) -> SignedFeed.of(feed, netuid),
              "https",
              (feed, netuid, settings) -> SignedFeed.of(feed, netuid),
              "recorded+file",
              SampleSources::recorded,
              "recorded+s3a",
              SampleSources::recorded,
              "wandb+http",
              SampleSources::runs,
              "wandb+https",
              SampleSources::runs));

  private SampleSources() {}

  private static SampleSource dataset(URI endpoint, int netuid, AssayConfiguration settings) {
    return DatasetSource.of(
        endpoint,
        netuid,
        HubAccess.of(settings.hub()).client(settings.secrets().hubToken()),
        Path.of(settings.evaluation().cache()));
  }

  private static SampleSource runs(URI endpoint, int netuid, AssayConfiguration settings) {
    return RunsSource.of(endpoint, settings.secrets().runsKey());
  }

  private static SampleSource recorded(URI endpoint, int netuid, AssayConfiguration settings) {
    return RecordedSource.of(endpoint, netuid, settings.s3());
  }

  /**
   * The source at an address.
   *
   * @param netuid the subnet that its samples are for
   * @param configuration where an object store and the like are
   * @throws ConfigurationException if no source is of that kind
   */
  public static SampleSource at(String endpoint, int netuid, AssayConfiguration configuration) {
    URI address = URI.create(endpoint);
    Kind kind = KINDS.get(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
    if (kind == null) {
      throw new ConfigurationException(
          "feed.endpoint is "
              + endpoint
              + "; the address of a source begins with one of "
              + String.join(", ", KINDS.keySet()));
    }
    return kind.at(address, netuid, configuration);
  }
}
