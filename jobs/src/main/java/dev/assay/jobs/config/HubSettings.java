package dev.assay.jobs.config;

import java.util.List;

/**
 * The hub that models are downloaded from.
 *
 * @param endpoint address of a Hugging Face compatible hub
 * @param mirrors addresses that serve the same; asked in order, and never sent the token
 */
public record HubSettings(String endpoint, List<String> mirrors) {
  public HubSettings {
    Require.present("hub.endpoint", endpoint);
    mirrors = List.copyOf(mirrors);
    mirrors.forEach(mirror -> Require.present("hub.mirrors", mirror));
  }
}
