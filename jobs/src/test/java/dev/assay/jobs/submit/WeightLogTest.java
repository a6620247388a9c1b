package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Era;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.extrinsic.SigningTerms;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.RuntimeVersion;
import dev.assay.jobs.submit.WeightLog.Attempt;
import dev.assay.jobs.submit.WeightLog.Place;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.weights.UidWeight;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightLogTest {
  private static final Hash BLOCK = Hash.fromHex("0x" + "b1".repeat(32));
  private static final SignedExtrinsic EXTRINSIC =
      new SignedExtrinsic(
          BLOCK,
          Value.of(new byte[] {1}),
          Keypair.fromUri("//Alice").account(),
          new SigningTerms(BLOCK, new RuntimeVersion("node", 1, 1), new Era(8, 32), BLOCK, 0, 0));

  @TempDir private Path folder;
  private Warehouse warehouse;
  private WeightLog log;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(folder.toString(), new Configuration());
    log = new WeightLog(warehouse, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private static WeightIntent intent(String genesis, long window) {
    return new WeightIntent(
        genesis, 1, 0, "hotkey", window, "evaluation", List.of(new UidWeight(3, 65_535)), 0, 0);
  }

  private void send(WeightIntent intent, int attempt) {
    log.sent(intent, attempt, EXTRINSIC, Optional.empty());
  }

  private Attempt last(WeightIntent intent) {
    return log.lastAttempt(intent).orElseThrow();
  }

  @Test
  void whatWasSentIsUnsettledUntilABlockHoldsIt() {
    WeightIntent intent = intent("0x1", 2);
    send(intent, 1);

    assertThat(last(intent).isUnsettled()).isTrue();
    assertThat(last(intent).stands()).isFalse();

    log.found(last(intent), new Place(33, BLOCK.toString()));

    assertThat(last(intent).isUnsettled()).isFalse();
    assertThat(last(intent).stands()).isTrue();
    assertThat(last(intent).intent().vector()).isEqualTo(intent.vector());
    assertThat(log.lastChange(intent)).isEqualTo(OptionalLong.of(33));
  }

  @Test
  void theLastOfAWindowsAttemptsCounts() {
    WeightIntent intent = intent("0x1", 2);
    send(intent, 1);
    send(intent, 2);

    assertThat(last(intent).number()).isEqualTo(2);
    assertThat(log.attempts(intent)).hasSize(2);
  }

  @Test
  void attemptsComeByWindow() {
    send(intent("0x1", 7), 1);
    send(intent("0x1", 2), 1);

    assertThat(log.attempts(intent("0x1", 2)))
        .extracting(attempt -> attempt.intent().window())
        .containsExactly(2L, 7L);
  }

  @Test
  void anotherChainsWeightsAreNoneOfOurs() {
    send(intent("0x1", 2), 1);

    assertThat(log.lastAttempt(intent("0x2", 2))).isEmpty();
    assertThat(log.attempts(intent("0x2", 2))).isEmpty();
  }

  @Test
  void aCommitThatExpiresNoLongerStands() {
    WeightIntent intent = intent("0x1", 2);
    Hiding hiding = new Hiding(BLOCK, List.of(1, 2), OptionalLong.empty());
    log.sent(intent, 1, EXTRINSIC, Optional.of(hiding));
    log.found(last(intent), new Place(33, BLOCK.toString()));

    assertThat(last(intent).isHidden()).isTrue();
    assertThat(last(intent).hiding()).contains(hiding);

    log.expired(last(intent), "nobody revealed it in time");

    assertThat(last(intent).isHidden()).isFalse();
    assertThat(last(intent).stands()).isFalse();
  }

  @Test
  void anUpdateThatTheOperatorKnowsOfIsAChange() {
    log.accepted(intent("0x1", 2), 21);

    assertThat(log.lastChange(intent("0x1", 2))).isEqualTo(OptionalLong.of(21));
  }
}
