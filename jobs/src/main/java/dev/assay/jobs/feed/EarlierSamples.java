package dev.assay.jobs.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the feed has shown so far: what miners train on. */
public final class EarlierSamples {
  private static final int MOST_BYTES = 16 << 20;

  private EarlierSamples() {}

  /** Those of a span of blocks, both ends included. */
  public static List<FeedSample> of(long from, long to, URI feed) throws InterruptedException {
    FeedClient client = new FeedClient(feed, MOST_BYTES);
    List<FeedSample> samples = new ArrayList<>();
    long next = from;
    while (next <= to) {
      FeedClient.Page page = client.samples(next, to);
      page.lines().stream().map(FeedSample::parse).flatMap(Optional::stream).forEach(samples::add);
      next = page.nextBlock().orElse(to + 1);
    }
    return samples;
  }
}
