package dev.assay.jobs.origin;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.source.SourceSettings;
import dev.assay.jobs.feed.SampleSource;
import java.util.Set;

/**
 * A configured source, before it is known who is trusted.
 *
 * @param key what the operator gave the subnet by
 * @param netuid of the subnet whose validators sign its samples
 */
public record FeedPlace(String address, SampleSource source, String key, int netuid) {
  /**
   * The source of one entry.
   *
   * @throws dev.assay.jobs.config.ConfigurationException if no source is of that kind
   */
  public static FeedPlace of(SourceSettings settings, AssayConfiguration configuration) {
    int usual = configuration.feed().netuidOr(configuration.chain().netuid());
    int netuid = settings.netuid().filter(own -> own > 0).orElse(usual);
    return new FeedPlace(
        settings.name(),
        SampleSources.at(settings.address(), netuid, configuration),
        netuid == usual ? "feed.netuid" : "the netuid of " + settings.name(),
        netuid);
  }

  /**
   * The source under its address.
   *
   * @param trusted SS58 addresses whose samples are taken of it
   */
  public Origin origin(Set<String> trusted) {
    return new Origin(address, source, trusted);
  }
}
