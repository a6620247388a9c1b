package dev.assay.jobs.config;

import java.util.List;

/**
 * Which subnet, and where its chain is asked.
 *
 * @param endpoints http, https, ws or wss addresses, tried in order
 * @param netuid the subnet, 0 to 65535
 * @param mechanism the mechanism within the subnet, 0 to 15
 * @param pollMilliseconds between two looks for an extrinsic
 */
public record ChainSettings(
    List<String> endpoints, int netuid, int mechanism, int pollMilliseconds) {
  public ChainSettings {
    if (endpoints == null || endpoints.isEmpty()) {
      throw new IllegalArgumentException("chain.endpoints is empty; name at least one");
    }
    endpoints = Require.entries("chain.endpoints", endpoints);
    for (String endpoint : endpoints) {
      Require.address("chain.endpoints", endpoint, "wss", "ws", "https", "http");
    }
    Require.within("chain.netuid", netuid, 0, 65_535);
    Require.within("chain.mechanism", mechanism, 0, 15);
    Require.atLeast("chain.poll_milliseconds", pollMilliseconds, 1);
  }
}
