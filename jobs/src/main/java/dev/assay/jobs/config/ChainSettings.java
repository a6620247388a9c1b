package dev.assay.jobs.config;

import dev.assay.score.Limits;
import java.time.Duration;
import java.util.List;

/**
 * Which subnet, and where its chain is asked.
 *
 * @param endpoints http, https, ws or wss addresses, tried in order
 * @param netuid the subnet, 0 to 65535
 * @param mechanism the mechanism within the subnet, 0 to 15
 * @param poll time between two looks for an extrinsic, whole milliseconds
 */
public record ChainSettings(List<String> endpoints, int netuid, int mechanism, Duration poll) {
  public ChainSettings {
    List<String> named = Require.entries("chain.endpoints", endpoints);
    endpoints = named;
    Limits.all(
        () -> requireAny(named),
        () -> Require.addresses("chain.endpoints", named, "wss", "ws", "https", "http"),
        () -> Require.within("chain.netuid", netuid, 0, 65_535),
        () -> Require.within("chain.mechanism", mechanism, 0, 15),
        () -> Require.whole("chain.poll", poll, Duration.ofMillis(1)));
  }

  private static void requireAny(List<String> endpoints) {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("chain.endpoints is empty; name at least one");
    }
  }
}
