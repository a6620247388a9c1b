package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.rpc.Retry;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints that agreed when the client connected and no longer do. */
class EndpointFaultsIT {
  private static final ConnectOptions OPTIONS =
      ConnectOptions.DEFAULT
          .withLimits(new RpcLimits(Duration.ofSeconds(5), Duration.ofSeconds(2), 8 << 20))
          .withRetry(new Retry(5, Duration.ofMillis(20), Duration.ofMillis(100)))
          .withReview(Duration.ofMillis(100));

  private TestChain first;
  private TestChain second;
  private TestChain third;

  @BeforeEach
  void start() throws IOException {
    first = node();
    second = node();
    third = node();
    Stream.of(first, second, third).forEach(each -> each.advance(3));
  }

  @AfterEach
  void stop() {
    Stream.of(first, second, third).forEach(TestChain::close);
  }

  @Test
  void oneThatBeginsToLagIsLeftAndReturnedToWhenItHasCaughtUp() {
    try (Subtensor client = connect(OPTIONS, first, second)) {
      assertThat(height(client)).isEqualTo(3);

      second.advance(20);
      await(() -> height(client) == 23);

      first.advance(22);
      await(() -> height(client) == 25);
    }
  }

  @Test
  void oneThatTakesAForkIsLeft() {
    try (Subtensor client = connect(OPTIONS, first, second, third)) {
      transferAt(first);
      Stream.of(first, second, third).forEach(each -> each.advance(1));
      Hash majority = hash(second, 4);
      assertThat(hash(first, 4)).isNotEqualTo(majority);

      await(() -> client.blockHash(4).equals(majority));
    }
  }

  /** Two cannot outvote each other; what both said before decides. */
  @Test
  void oneOfTwoThatComesBackWithAnotherHistoryIsLeftUntilItHasTheOldOne() throws IOException {
    int port = first.node.http().getPort();
    try (Subtensor client = connect(OPTIONS, first, second)) {
      Hash known = client.blockHash(3);
      first.close();
      first = node(port);
      transferAt(first);
      first.advance(3);
      assertThat(hash(first, 3)).isNotEqualTo(known);
      await(() -> client.blockHash(3).equals(known));

      first.close();
      first = node(port);
      first.advance(5);
      await(() -> height(client) == 5);
    }
  }

  @Test
  void aBlockThatOnlyAnotherKnowsIsReadThere() {
    try (Subtensor client = connect(OPTIONS.withReview(Duration.ofHours(1)), first, second)) {
      second.advance(2);

      assertThat(client.at(hash(second, 5)).number()).isEqualTo(5);
      assertThat(client.blockHash(5)).isEqualTo(hash(second, 5));
    }
  }

  private static TestChain node() throws IOException {
    return node(0);
  }

  private static TestChain node(int port) throws IOException {
    return TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID), port);
  }

  private static Subtensor connect(ConnectOptions options, TestChain... chains) {
    return Subtensor.connect(
        List.of(chains).stream().map(chain -> chain.node.http()).toList(), options);
  }

  private static void transferAt(TestChain chain) {
    try (Subtensor alone = chain.client()) {
      SignedExtrinsic signed =
          alone.sign(Calls.transferKeepAlive(key("//Bob").account(), 1_000_000), key("//Alice"));
      chain.result(
          "author_submitExtrinsic", "0x" + HexFormat.of().formatHex(signed.bytes().asBytes()));
    }
  }

  private static Hash hash(TestChain chain, int height) {
    return Hash.fromHex(chain.result("chain_getBlockHash", height).asText().substring(2));
  }

  private static long height(Subtensor client) {
    return client.at(client.bestHead()).number();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the end of patience").isLessThan(deadline);
    }
  }
}
