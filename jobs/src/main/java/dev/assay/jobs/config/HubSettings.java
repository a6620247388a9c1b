package dev.assay.jobs.config;

import java.util.List;

/**
 * The hub that models are downloaded from.
 *
 * @param endpoint address of a Hugging Face compatible hub
 * @param mirrors addresses that serve the same; asked in order, and never sent the token
 * @param silenceSeconds for which an answer may bring no byte before it is aborted
 */
public record HubSettings(String endpoint, List<String> mirrors, int silenceSeconds) {
  public HubSettings {
    Require.address("hub.endpoint", endpoint, "https", "http");
    Require.atLeast("hub.silence_seconds", silenceSeconds, 1);
    mirrors = Require.entries("hub.mirrors", mirrors);
    mirrors.forEach(mirror -> Require.address("hub.mirrors", mirror, "https", "http"));
  }
}
