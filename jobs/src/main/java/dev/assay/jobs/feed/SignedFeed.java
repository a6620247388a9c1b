package dev.assay.jobs.feed;

import java.net.URI;

/** An HTTP service that answers as docs/feed.md says: lines, each signed by its producer. */
public record SignedFeed(FeedClient client, int netuid) implements SampleSource {
  /** The feed ends an answer after 256 KiB and a block; a longer answer is not a feed's. */
  private static final int MOST_ANSWER_BYTES = 16 << 20;

  /** The source at an address, whose signatures name a subnet. */
  public static SignedFeed of(URI endpoint, int netuid) {
    return new SignedFeed(new FeedClient(endpoint, MOST_ANSWER_BYTES), netuid);
  }

  @Override
  public Page samples(long fromBlock, long toBlock) throws InterruptedException {
    FeedClient.Page page = client.samples(fromBlock, toBlock);
    return new Page(
        page.lines().stream().map(line -> FeedSample.offer(line, netuid)).toList(),
        page.nextBlock());
  }
}
