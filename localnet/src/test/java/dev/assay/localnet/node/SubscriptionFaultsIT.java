package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.node.Header;
import dev.assay.chain.rpc.Retry;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.rpc.Subscription;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions over connections that break. */
class SubscriptionFaultsIT {
  private static final ConnectOptions OPTIONS =
      ConnectOptions.DEFAULT
          .withRetry(new Retry(2, Duration.ofMillis(20), Duration.ofMillis(100)))
          .withReview(Duration.ofHours(1));

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private TestChain chain;

  @BeforeEach
  void start() throws IOException {
    chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID), 0);
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  /** The JDK's WebSocket overlooks about one cut in fifty; the review finds what it overlooks. */
  @Test
  void aConnectionThatBreaksIsToldOnceAndTheSubscriptionGoesOn() throws Exception {
    ConnectOptions reviewed = OPTIONS.withReview(Duration.ofSeconds(1));
    try (Relay relay = new Relay(chain.node.webSocket());
        Subtensor client = connect(reviewed, relay.address());
        Subscription heads = subscribe(client)) {
      assertThat(heads).isNotNull();
      assertThat(next()).isEqualTo("0");

      relay.mode(Relay.Mode.REFUSE);
      relay.cut();
      assertThat(next()).startsWith("lost: ws://127.0.0.1");
      chain.advance(3);
      int before = relay.accepted();
      while (relay.accepted() < before + 4) {
        assertThat(told).isEmpty();
      }

      relay.mode(Relay.Mode.CARRY);
      assertThat(next()).isEqualTo("3");
      chain.advance(1);
      assertThat(next()).isEqualTo("4");
    }
  }

  @Test
  void aClosedSubscriptionIsNotMadeAnew() throws Exception {
    try (Relay relay = new Relay(chain.node.webSocket());
        Subtensor client = connect(OPTIONS, relay.address())) {
      Subscription heads = subscribe(client);
      assertThat(next()).isEqualTo("0");
      heads.close();

      relay.cut();
      chain.advance(1);
      assertThat(client.at(client.bestHead()).number()).isEqualTo(1);
      assertThat(told).isEmpty();
    }
  }

  /** Neither end of a wire that only fell silent is told so by the network. */
  @Test
  void aSilentConnectionIsGivenUp() throws Exception {
    ConnectOptions brief =
        OPTIONS
            .withLimits(new RpcLimits(Duration.ofSeconds(5), Duration.ofMillis(500), 1 << 20))
            .withReview(Duration.ofMillis(100));
    try (Relay relay = new Relay(chain.node.webSocket());
        Subtensor client = connect(brief, relay.address());
        Subscription heads = subscribe(client)) {
      assertThat(heads).isNotNull();
      assertThat(next()).isEqualTo("0");

      relay.mode(Relay.Mode.SILENT);
      chain.advance(2);
      assertThat(next()).contains("gave no answer within 500 ms");

      relay.mode(Relay.Mode.CARRY);
      assertThat(next()).isEqualTo("2");
    }
  }

  @Test
  void anEndpointThatLagsLosesItsSubscribers() throws Exception {
    try (TestChain other = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID), 0);
        Subtensor client =
            connect(
                OPTIONS.withReview(Duration.ofMillis(100)),
                chain.node.webSocket(),
                other.node.webSocket());
        Subscription heads = subscribe(client)) {
      assertThat(heads).isNotNull();
      assertThat(next()).isEqualTo("0");

      other.advance(20);
      assertThat(next()).isEqualTo("lost: " + shown(chain.node.webSocket()) + " is out of step");
      int head = Integer.parseInt(next());
      assertThat(head).isPositive();
      while (head < 20) {
        head = Integer.parseInt(next());
      }
      chain.advance(1);
      other.advance(1);
      assertThat(next()).isEqualTo("21");
    }
  }

  private Subscription subscribe(Subtensor client) {
    return client
        .events()
        .newHeads(
            (Header head) -> told.add(Long.toString(head.number())),
            why -> told.add("lost: " + why.getMessage()));
  }

  private static Subtensor connect(ConnectOptions options, URI... endpoints) {
    return Subtensor.connect(List.of(endpoints), options);
  }

  private static String shown(URI endpoint) {
    return endpoint.getScheme() + "://" + endpoint.getHost() + ":" + endpoint.getPort();
  }

  private String next() throws InterruptedException {
    String message = told.poll(20, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }
}
