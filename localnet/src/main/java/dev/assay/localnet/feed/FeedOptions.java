package dev.assay.localnet.feed;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * How a feed starts.
 *
 * @param host the address to listen on; keep it a loopback address
 * @param port the port, 0 for any free one
 * @param chain the chain node's HTTP address, asked for its newest block
 * @param subnet who asks, and who answers
 * @param seed decides every sample
 * @param samplesPerBlock 1 to 256
 * @param genesis the time of block 0
 * @param blockTime what every block adds to it
 */
public record FeedOptions(
    String host,
    int port,
    URI chain,
    SampleSubnet subnet,
    long seed,
    int samplesPerBlock,
    Instant genesis,
    Duration blockTime) {

  private static final int MAX_SAMPLES_PER_BLOCK = 256;

  /** Checks the numbers. */
  public FeedOptions {
    if (samplesPerBlock < 1 || samplesPerBlock > MAX_SAMPLES_PER_BLOCK) {
      throw new IllegalArgumentException(
          "a feed makes 1 to "
              + MAX_SAMPLES_PER_BLOCK
              + " samples a block, not "
              + samplesPerBlock);
    }
  }
}
