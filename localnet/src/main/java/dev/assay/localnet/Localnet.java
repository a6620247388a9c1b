package dev.assay.localnet;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.beacon.BeaconServer;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.feed.FeedOptions;
import dev.assay.localnet.feed.FeedServer;
import dev.assay.localnet.http.PortTakenException;
import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import dev.assay.localnet.node.ChainNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chain, a hub, a sample feed and a beacon on this machine, reached over their network protocols
 * alone.
 */
public final class Localnet implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

  private final ChainNode chain;
  private final HubServer hub;
  private final FeedServer feed;
  private final BeaconServer beacon;

  private Localnet(ChainNode chain, HubServer hub, FeedServer feed, BeaconServer beacon) {
    this.chain = chain;
    this.hub = hub;
    this.feed = feed;
    this.beacon = beacon;
  }

  /**
   * Starts all services; they answer when this returns.
   *
   * @throws PortTakenException when another program has one of the ports; nothing stays running
   */
  public static Localnet start(LocalnetOptions options) throws IOException {
    List<AutoCloseable> running = new ArrayList<>();
    try {
      ChainNode chain = chainNode(options);
      running.add(chain);
      HubServer hub = HubServer.start(hubOptions(options));
      running.add(hub);
      FeedServer feed = FeedServer.start(feedOptions(options, chain.http()), Corpus.read());
      running.add(feed);
      BeaconServer beacon = beacon(options, chain);
      return new Localnet(chain, hub, feed, beacon);
    } catch (IOException | RuntimeException failure) {
      Collections.reverse(running);
      running.forEach(Localnet::stop);
      throw failure;
    }
  }

  /** The beacon tells what the chain's time has reached, a round at the earliest when it is due. */
  private static BeaconServer beacon(LocalnetOptions options, ChainNode chain) throws IOException {
    return BeaconServer.start(
        LOOPBACK, options.ports().beacon(), chain.chain().beacon(), chain.chain()::newestRound);
  }

  private static void stop(AutoCloseable service) {
    try {
      service.close();
    } catch (Exception e) {
      throw new IllegalStateException("a service of the localnet does not stop", e);
    }
  }

  private static ChainNode chainNode(LocalnetOptions options) throws IOException {
    if (!options.keepChain()) {
      return ChainNode.start(genesis(options), options.sealing(), options.ports().chain());
    }
    Path kept = options.directory().resolve("chain");
    return ChainNode.startIn(kept, genesis(options), options.sealing(), options.ports().chain());
  }

  private static Genesis genesis(LocalnetOptions options) {
    AccountId alice = DevelopmentAccounts.account("Alice");
    return new Genesis(
        options.seed(),
        options.genesis().toEpochMilli(),
        alice,
        DevelopmentAccounts.balances(),
        IntStream.of(options.netuid(), options.samplers().netuid())
            .distinct()
            .mapToObj(netuid -> SubnetGenesis.of(netuid).withTempo(options.tempo()))
            .toList(),
        options.upgradeBlock(),
        options.shielded());
  }

  private static HubOptions hubOptions(LocalnetOptions options) {
    return HubOptions.local(
            options.directory().resolve("hub"), options.hubTokens(), options.genesis())
        .withPort(options.ports().hub());
  }

  private static FeedOptions feedOptions(LocalnetOptions options, URI chain) {
    return new FeedOptions(
        LOOPBACK,
        options.ports().feed(),
        chain,
        options.samplers(),
        options.seed(),
        options.samplesPerBlock(),
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

  /** How many bytes of files the hub has sent, or begun to send. */
  public long hubBytesSent() {
    return hub.bytesSent();
  }

  public URI feed() {
    return feed.address();
  }

  /** Where the rounds of the chain's beacon are told. */
  public URI beacon() {
    return beacon.address();
  }

  @Override
  public void close() {
    beacon.close();
    feed.close();
    hub.close();
    chain.close();
  }
}
