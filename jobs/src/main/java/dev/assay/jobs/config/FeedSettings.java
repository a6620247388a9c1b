package dev.assay.jobs.config;

import java.util.List;

/**
 * The feed that samples are taken from.
 *
 * @param endpoint address of the feed; empty when this validator takes no snapshots
 * @param signers SS58 addresses whose samples are taken; all others are refused
 * @param maxSamples most samples one snapshot takes
 * @param maxSampleBytes longest prompt and response together, in UTF-8 bytes
 */
public record FeedSettings(
    String endpoint, List<String> signers, int maxSamples, int maxSampleBytes) {
  public FeedSettings {
    endpoint = endpoint == null ? "" : endpoint;
    signers = signers == null ? List.of() : List.copyOf(signers);
    Require.atLeast("feed.max_samples", maxSamples, 1);
    Require.atLeast("feed.max_sample_bytes", maxSampleBytes, 2);
  }
}
