package dev.assay.jobs.config;

import java.util.List;

/**
 * The feed that samples are taken from.
 *
 * @param endpoint address of the feed; empty when this validator takes no snapshots
 * @param sources SS58 addresses whose samples are taken; empty takes those of validators with a
 *     permit
 * @param maxSamples lines that one snapshot reads at most, by whole answers
 * @param maxPerSourceAndBlock samples that one source may give for one block
 * @param maxSampleBytes longest prompt and response together, in UTF-8 bytes
 */
public record FeedSettings(
    String endpoint,
    List<String> sources,
    int maxSamples,
    int maxPerSourceAndBlock,
    int maxSampleBytes) {
  public FeedSettings {
    endpoint = endpoint == null ? "" : endpoint;
    sources = sources == null ? List.of() : List.copyOf(sources);
    Require.atLeast("feed.max_samples", maxSamples, 1);
    Require.atLeast("feed.max_per_source_and_block", maxPerSourceAndBlock, 1);
    Require.atLeast("feed.max_sample_bytes", maxSampleBytes, 2);
  }
}
