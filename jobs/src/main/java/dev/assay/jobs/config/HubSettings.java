package dev.assay.jobs.config;

import dev.assay.score.Limits;
import java.time.Duration;
import java.util.List;

/**
 * The hub that models are downloaded from.
 *
 * @param endpoint address of a Hugging Face compatible hub
 * @param mirrors addresses that serve the same; asked in order, and never sent the token
 * @param silence for which an answer may bring no byte before it is aborted, whole seconds
 */
public record HubSettings(String endpoint, List<String> mirrors, Duration silence) {
  public HubSettings {
    List<String> named = Require.entries("hub.mirrors", mirrors);
    mirrors = named;
    Limits.all(
        () -> Require.address("hub.endpoint", endpoint, "https", "http"),
        () -> Require.addresses("hub.mirrors", named, "https", "http"),
        () -> Require.whole("hub.silence", silence, Duration.ofSeconds(1)));
  }
}
