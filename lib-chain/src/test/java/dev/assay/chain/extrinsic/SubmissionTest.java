package dev.assay.chain.extrinsic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.SmallRuntime;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.Runtimes;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.scale.ScaleWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final int PERIOD = 8;

  private final InMemoryChain chain = new InMemoryChain();

  @Test
  void anIncludedCallTellsItsBlockAndPlace() {
    Outcome outcome = submission(Duration.ofSeconds(30)).submit(weights(2), ALICE);

    assertThat(outcome).isInstanceOf(Outcome.Included.class);
    Outcome.Included included = (Outcome.Included) outcome;
    assertThat(included.number()).isEqualTo(1);
    assertThat(included.index()).isEqualTo(1);
    assertThat(included.block()).isEqualTo(InMemoryChain.hash(1));
  }

  @Test
  void aFailedDispatchIsNamedByTheMetadata() {
    byte[] module = new ScaleWriter().u8(0).u8(1).u8(3).u8(7).u8(7).u8(0).u8(0).u8(0).toByteArray();
    chain.onSubmission(extrinsic -> chain.include(extrinsic, module));

    Outcome outcome = submission(Duration.ofSeconds(30)).submit(weights(2), ALICE);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo("SubtensorModule.SettingWeightsTooFast");
              assertThat(failed.where()).isPresent();
            });
  }

  @Test
  void aMessageThatWasLostOnItsWayBackIsFoundInTheChain() {
    chain.onSubmission(
        extrinsic -> {
          chain.include(extrinsic);
          throw new RpcUnreachableException("the connection broke");
        });

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOf(Outcome.Included.class);
  }

  @Test
  void aMessageThatNeverArrivedExpiresWithItsEra() {
    Submission submission = submission(Duration.ofSeconds(30));
    chain.onSubmission(
        extrinsic -> {
          throw new RpcUnreachableException("the connection broke");
        });
    chain.onHead(chain::addBlock);

    assertThat(submission.send(submission.sign(weights(2), ALICE)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(Outcome.Failed.EXPIRED);
              assertThat(failed.isLost()).isTrue();
            });
  }

  @Test
  void aCallWhoseEraHasPassedIsSentAgain() {
    AtomicInteger sent = new AtomicInteger();
    chain.onSubmission(
        extrinsic -> {
          if (sent.incrementAndGet() == 1) {
            throw new RpcUnreachableException("the connection broke");
          }
          chain.include(extrinsic);
        });
    chain.onHead(chain::addBlock);

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOf(Outcome.Included.class);
    assertThat(sent).hasValue(2);
  }

  @Test
  void aCallSignedForARuntimeThatIsReplacedIsSentAgainLongBeforeItsEraHasPassed() {
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger looks = new AtomicInteger();
    chain.upgradeAt(2);
    chain.onSubmission(
        extrinsic -> {
          if (sent.incrementAndGet() > 1) {
            chain.include(extrinsic);
          }
        });
    chain.onHead(
        () -> {
          if (looks.incrementAndGet() > 1 && sent.get() == 1) {
            chain.addBlock();
          }
        });

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOfSatisfying(
            Outcome.Included.class, included -> assertThat(included.number()).isLessThan(PERIOD));
    assertThat(sent).hasValue(2);
  }

  @Test
  void aCallSignedForARuntimeThatIsNotFinalYetIsNotLost() {
    chain.upgradeAt(2);
    chain.addBlock();
    chain.addBlock();
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<byte[]> sent = new AtomicReference<>();
    chain.onSubmission(sent::set);
    chain.onHead(
        () -> {
          if (sent.get() != null && looks.incrementAndGet() == 3) {
            chain.include(sent.get());
          }
        });

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOfSatisfying(
            Outcome.Included.class, included -> assertThat(included.number()).isEqualTo(3));
  }

  @Test
  void whatWasSignedAtABlockOfADroppedForkIsLostLongBeforeItsEraHasPassed() {
    Submission submission = submission(Duration.ofSeconds(30));
    chain.addBlock();
    chain.addBlock();
    chain.addBlock();
    SignedExtrinsic signed = submission.sign(weights(2), ALICE);
    chain.onSubmission(extrinsic -> {});
    chain.fork(1);

    assertThat(submission.send(signed))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(Outcome.Failed.OUTDATED);
              assertThat(failed.words()).contains("fork");
            });
  }

  @Test
  void aForkThatBringsTheExtrinsicIntoABlockSeenBeforeIsNotMissed() {
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<byte[]> sent = new AtomicReference<>();
    chain.onSubmission(sent::set);
    chain.onHead(
        () -> {
          chain.addBlock();
          if (looks.incrementAndGet() == 6) {
            chain.replace(2, sent.get());
          }
        });

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOfSatisfying(
            Outcome.Included.class, included -> assertThat(included.number()).isEqualTo(2));
  }

  @Test
  void whenPatienceEndsTheFateIsUnknownUntilTheLastBlockOfTheEra() {
    chain.onSubmission(extrinsic -> {});

    assertThat(submission(Duration.ZERO).submit(weights(2), ALICE))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class,
            unknown -> assertThat(unknown.lastBlock()).isEqualTo(PERIOD - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "1010,Custom error: 6,Custom error: 6 (RateLimitExceeded)",
    "1010,Transaction has a bad signature,Transaction has a bad signature",
    "1016,Immediately dropped,Immediately dropped"
  })
  void aRefusalByThePoolIsAFailureWithItsWords(int code, String data, String words) {
    chain.onSubmission(
        extrinsic -> {
          throw new RpcErrorException(code, "Invalid Transaction", data);
        });

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo("pool " + code);
              assertThat(failed.words()).isEqualTo(words);
            });
  }

  @ParameterizedTest
  @CsvSource({"1014,Priority is too low", "1010,Transaction is outdated"})
  void aCallWhoseNonceAnotherProcessTookIsSignedAnew(int code, String data) {
    List<byte[]> sent = new ArrayList<>();
    chain.onSubmission(
        extrinsic -> {
          sent.add(extrinsic);
          chain.nonce(sent.size());
          if (sent.size() < 3) {
            throw new RpcErrorException(code, "Invalid Transaction", data);
          }
          chain.include(extrinsic);
        });

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOf(Outcome.Included.class);

    assertThat(sent).hasSize(3);
  }

  @Test
  void whereFinalityIsAwaitedInclusionCountsOnceTheBlockIsFinal() {
    Submission submission = submission(Duration.ZERO, true);
    SignedExtrinsic signed = submission.sign(weights(2), ALICE);

    assertThat(submission.send(signed)).isInstanceOf(Outcome.Unknown.class);
    assertThat(submission(Duration.ZERO).find(signed)).isInstanceOf(Outcome.Included.class);

    chain.addBlock();
    chain.addBlock();
    assertThat(submission.find(signed))
        .isInstanceOfSatisfying(
            Outcome.Included.class, included -> assertThat(included.number()).isEqualTo(1));
  }

  @Test
  void aNonceThatIsTakenEachTimeEndsInAFailureThatSaysSo() {
    AtomicInteger sent = new AtomicInteger();
    chain.onSubmission(
        extrinsic -> {
          sent.incrementAndGet();
          throw new RpcErrorException(1014, "Priority is too low", "");
        });

    assertThat(submission(Duration.ofSeconds(30)).submit(weights(2), ALICE))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error()).isEqualTo(Outcome.Failed.NONCE_TAKEN));
    assertThat(sent).hasValue(10);
  }

  /** Another node may hold what this one refuses, so the extrinsic is looked for all the same. */
  @Test
  void whatWasSentBeforeIsNotGivenUpBecauseItsNonceIsTaken() {
    Submission submission = submission(Duration.ofSeconds(30));
    SignedExtrinsic signed = submission.sign(weights(2), ALICE);
    chain.onSubmission(
        extrinsic -> {
          chain.include(extrinsic);
          throw new RpcErrorException(1014, "Priority is too low", "");
        });

    assertThat(submission.send(signed)).isInstanceOf(Outcome.Included.class);
  }

  @Test
  void anExtrinsicFailsOnceAnotherHasUsedItsNonceInAFinalBlock() {
    Submission submission = submission(Duration.ofSeconds(30));
    SignedExtrinsic signed = submission.sign(weights(2), ALICE);
    chain.onSubmission(extrinsic -> {});
    chain.onHead(
        () -> {
          chain.addBlock();
          chain.store(accountKey(), new ScaleWriter().u32(1).bytes(new byte[52]).toByteArray());
        });

    assertThat(submission.send(signed))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(Outcome.Failed.NONCE_TAKEN);
              assertThat(failed.words()).startsWith("another extrinsic of the account has used");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1010, 1012, 1013})
  void whatTheChainHoldsAlreadySucceededWhateverThePoolSays(int code) {
    Submission submission = submission(Duration.ofSeconds(30));
    SignedExtrinsic signed = submission.sign(weights(2), ALICE);
    chain.include(signed.bytes().asBytes());
    chain.onSubmission(
        extrinsic -> {
          throw new RpcErrorException(code, "Invalid Transaction", "Transaction is outdated");
        });

    assertThat(submission.send(signed)).isInstanceOf(Outcome.Included.class);
  }

  private Submission submission(Duration patience) {
    return submission(patience, false);
  }

  private Submission submission(Duration patience, boolean finality) {
    Node node = new Node(chain);
    return new Submission(
        node,
        new Runtimes(node),
        InMemoryChain.hash(0),
        new Patience(Duration.ofMillis(1), patience, finality),
        PERIOD);
  }

  private static byte[] accountKey() {
    return MetadataParser.parse(SmallRuntime.metadata(15))
        .storageKey("System", "Account", List.of(Value.of(ALICE.account().bytes())));
  }

  private static Call weights(int count) {
    long[] numbers = new long[count];
    return Call.of("SubtensorModule", "set_weights")
        .with("netuid", 6)
        .with("dests", Value.of(numbers))
        .with("weights", Value.of(numbers))
        .with("version_key", 27);
  }
}
