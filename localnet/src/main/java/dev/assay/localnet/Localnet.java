package dev.assay.localnet;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.ChainNode;
import dev.assay.localnet.chain.DevelopmentAccounts;
import dev.assay.localnet.chain.Genesis;
import dev.assay.localnet.chain.SubnetGenesis;
import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.feed.FeedOptions;
import dev.assay.localnet.feed.FeedServer;
import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A chain, a hub and a sample feed on this machine, reached over their network protocols alone. */
public final class Localnet implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

  private final ChainNode chain;
  private final HubServer hub;
  private final FeedServer feed;

  private Localnet(ChainNode chain, HubServer hub, FeedServer feed) {
    this.chain = chain;
    this.hub = hub;
    this.feed = feed;
  }

  /**
   * Starts all services; they answer when this returns.
   *
   * @throws PortTakenException when another program has one of the ports; nothing stays running
   */
  public static Localnet start(LocalnetOptions options) throws IOException {
    ChainNode chain = chainNode(options);
    HubServer hub = null;
    try {
      hub = HubServer.start(hubOptions(options));
      FeedServer feed = FeedServer.start(feedOptions(options, chain.http()), Corpus.read());
      return new Localnet(chain, hub, feed);
    } catch (IOException | RuntimeException failure) {
      if (hub != null) {
        hub.close();
      }
      chain.close();
      throw failure;
    }
  }

  private static ChainNode chainNode(LocalnetOptions options) throws IOException {
    if (!options.keepChain()) {
      return ChainNode.start(genesis(options), options.sealing(), options.chainPort());
    }
    Path kept = options.directory().resolve("chain");
    return ChainNode.startIn(kept, genesis(options), options.sealing(), options.chainPort());
  }

  private static Genesis genesis(LocalnetOptions options) {
    AccountId alice = DevelopmentAccounts.account("Alice");
    return new Genesis(
        options.seed(),
        options.genesis().toEpochMilli(),
        alice,
        DevelopmentAccounts.balances(),
        List.of(SubnetGenesis.of(options.netuid()).withTempo(options.tempo())));
  }

  private static HubOptions hubOptions(LocalnetOptions options) {
    return HubOptions.local(
            options.directory().resolve("hub"), options.hubTokens(), options.genesis())
        .withPort(options.hubPort());
  }

  private static FeedOptions feedOptions(LocalnetOptions options, URI chain) {
    return new FeedOptions(
        LOOPBACK,
        options.feedPort(),
        chain,
        options.netuid(),
        options.seed(),
        options.samplesPerBlock(),
        options.feedSources(),
        options.genesis(),
        BLOCK_TIME);
  }

  /** The chain's address over HTTP; a WebSocket answers on the same port. */
  public URI chain() {
    return chain.http();
  }

  public URI hub() {
    return hub.address();
  }

  public URI feed() {
    return feed.address();
  }

  @Override
  public void close() {
    feed.close();
    hub.close();
    chain.close();
  }
}
