package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clients that know nothing of each other and sign with one key, as two processes do. */
class TwoClientsIT {
  private static final Keypair ALICE = key("//Alice");
  private static final Keypair STRANGER = key("//stranger");
  private static final int EACH = 8;

  private TestChain chain;
  private Subtensor one;
  private Subtensor other;

  @BeforeEach
  void start() throws Exception {
    chain = TestChain.start(Sealing.every(Duration.ofMillis(100)), SubnetGenesis.of(NETUID));
    one = chain.client();
    other = chain.client();
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    chain.close();
  }

  @Test
  void whatTheySubmitAtTheSameTimeIsNeitherLostNorDoubled() throws Exception {
    List<Callable<Outcome>> submissions = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      for (Subtensor client : List.of(one, other)) {
        submissions.add(
            () -> client.submit(Calls.transferKeepAlive(STRANGER.account(), 1_000_000), ALICE));
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(submissions.size());
    try {
      for (Future<Outcome> outcome : threads.invokeAll(submissions)) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Included.class);
      }
    } finally {
      threads.shutdown();
    }

    BlockView after = one.at(one.bestHead());
    assertThat(after.balance(STRANGER.account()).free()).isEqualTo(2 * EACH * 1_000_000L);
    assertThat(nonce(after)).isEqualTo(2 * EACH);
  }

  @Test
  void whoeverComesSecondWithANonceLearnsThatItIsTaken() {
    SignedExtrinsic first = one.sign(Calls.transferKeepAlive(STRANGER.account(), 1_000_000), ALICE);
    SignedExtrinsic second =
        other.sign(Calls.transferKeepAlive(STRANGER.account(), 2_000_000), ALICE);
    assertThat(second.nonce()).isEqualTo(first.nonce());

    assertThat(one.send(first)).isInstanceOf(Outcome.Included.class);
    assertThat(other.send(second))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error()).isEqualTo(Outcome.Failed.NONCE_TAKEN));

    assertThat(one.at(one.bestHead()).balance(STRANGER.account()).free()).isEqualTo(1_000_000);
  }

  private static long nonce(BlockView block) {
    return block
        .storage("System", "Account", Value.of(ALICE.account().bytes()))
        .orElseThrow()
        .field("nonce")
        .asLong();
  }
}
