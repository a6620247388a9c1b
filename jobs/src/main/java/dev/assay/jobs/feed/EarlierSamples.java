package dev.assay.jobs.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the feed has shown so far: what miners train on. */
public final class EarlierSamples {
  private static final int MOST_BYTES = 16 << 20;

  private EarlierSamples() {}

  public static List<FeedSample> upTo(long block, URI feed) throws InterruptedException {
    FeedClient client = new FeedClient(feed, MOST_BYTES);
    List<FeedSample> samples = new ArrayList<>();
    long next = 1;
    while (next <= block) {
      FeedClient.Page page = client.samples(next, block);
      page.lines().stream().map(FeedSample::parse).flatMap(Optional::stream).forEach(samples::add);
      next = page.nextBlock().orElse(block + 1);
    }
    return samples;
  }
}
