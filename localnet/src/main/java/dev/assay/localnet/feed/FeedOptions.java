package dev.assay.localnet.feed;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a feed starts.
 *
 * @param host the address to listen on; keep it a loopback address
 * @param port the port, 0 for any free one
 * @param chain the chain node's HTTP address, asked for its newest block
 * @param netuid the subnet that the samples are for; part of what is signed
 * @param seed decides every sample
 * @param samplesPerBlock 1 to 256
 * @param sources the keys of the validators that produce samples; at least one
 * @param genesis the time of block 0
 * @param blockTime what every block adds to it
 */
public record FeedOptions(
    String host,
    int port,
    URI chain,
    int netuid,
    long seed,
    int samplesPerBlock,
    List<Keypair> sources,
    Instant genesis,
    Duration blockTime) {

  private static final int MAX_SAMPLES_PER_BLOCK = 256;

  /** Copies the sources; checks the numbers. */
  public FeedOptions {
    sources = List.copyOf(sources);
    if (samplesPerBlock < 1 || samplesPerBlock > MAX_SAMPLES_PER_BLOCK) {
      throw new IllegalArgumentException(
          "a feed makes 1 to "
              + MAX_SAMPLES_PER_BLOCK
              + " samples a block, not "
              + samplesPerBlock);
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a feed needs at least one source that signs its samples");
    }
    if (netuid < 0 || netuid > 0xffff) {
      throw new IllegalArgumentException("a netuid is 0 to 65535, not " + netuid);
    }
  }

  /** The sources' accounts, in their order. */
  public List<AccountId> accounts() {
    return sources.stream().map(Keypair::account).toList();
  }
}
