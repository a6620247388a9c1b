package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.chain.weights.CommitReveal;
import dev.assay.chain.weights.HashCommit;
import dev.assay.chain.weights.WeightSetting;
import dev.assay.jobs.bundle.BundleVoucher;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.storage.FolderObjects;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.weights.UidWeight;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that a subnet hides, by a validator that dies at the wrong moments. */
class HiddenWeightsIT {
  private static final int NETUID = ValidatorsChain.HIDDEN;
  private static final String BY_HASH = ", commit_reveal: hash";

  private ValidatorsChain chain;

  @TempDir private Path folder;
  private ValidatorFolder validator;

  @BeforeEach
  void start() throws Exception {
    chain = ValidatorsChain.start();
    DrandChain beacon = chain.beacon();
    use(
        ", beacon: {public_key: \"%s\", genesis_time: %d, period: %d}"
            .formatted(
                beacon.publicKey(),
                beacon.genesis().getEpochSecond(),
                beacon.period().toSeconds()));
  }

  private void use(String settings) throws Exception {
    validator = new ValidatorFolder(chain, folder, NETUID, settings);
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  private String evaluation() {
    return validator.evaluation("e1", 5, 65_535, 100, 0);
  }

  private List<Weight> vector() {
    return List.of(new Weight(chain.uid("//M1"), 65_535), new Weight(chain.uid("//M2"), 100));
  }

  @Test
  void theChainRevealsATimelockWithItsOwnBeacon() {
    SubmitReport first = validator.submit(evaluation());
    SubmitReport second = validator.submit("e1");
    chain.seal(2 * ValidatorsChain.TEMPO);
    SubmitReport third = validator.submit("e1");

    assertThat(first.state()).isEqualTo(State.COMMITTED);
    assertThat(first.reason()).contains("beacon round");
    assertThat(second.state()).isEqualTo(State.COMMITTED);
    assertThat(third.state()).isEqualTo(State.ALREADY_SET);
    assertThat(chain.weights(NETUID)).isEqualTo(vector());
    assertThat(validator.events())
        .containsExactlyInAnyOrder("INTENT", "SENT", "INCLUDED", "REVEALED");
    assertThat(manifest().facts()).containsEntry("revealed", "yes").containsKey("reveal_round");
  }

  @Test
  void aBeaconThatIsNotTheChainsIsRefusedBeforeAnythingIsSent() throws Exception {
    use("");
    String evaluation = evaluation();

    assertThatThrownBy(() -> validator.submit(evaluation))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the chain reveals by " + chain.beacon().publicKey());
    assertThat(validator.events()).containsOnly("INTENT");
  }

  @Test
  void aHashIsRevealedOnceItsWindowIsOpenAndNotBefore() throws Exception {
    use(BY_HASH);

    SubmitReport committed = validator.submit(evaluation());
    SubmitReport early = validator.submit("e1");
    chain.seal(ValidatorsChain.TEMPO);
    SubmitReport revealed = validator.submit("e1");
    SubmitReport again = validator.submit("e1");

    assertThat(List.of(committed.state(), early.state(), revealed.state(), again.state()))
        .containsExactly(State.COMMITTED, State.COMMITTED, State.SET, State.ALREADY_SET);
    assertThat(chain.weights(NETUID)).isEqualTo(vector());
    assertThat(validator.events())
        .containsExactlyInAnyOrder("INTENT", "SENT", "INCLUDED", "REVEAL_SENT", "REVEALED");
    assertThat(manifest().facts()).containsKey("reveal_extrinsic").containsKey("reveal_block");
  }

  @Test
  void theNextWindowsRunRevealsWhatTheLastOneCommitted() throws Exception {
    use(BY_HASH);
    validator.submit(evaluation());
    chain.seal(ValidatorsChain.TEMPO);

    SubmitReport next = validator.submit(validator.evaluation("e2", 6, 100, 65_535, 0));

    assertThat(next.state()).isEqualTo(State.COMMITTED);
    assertThat(chain.weights(NETUID)).isEqualTo(vector());
    chain.seal(ValidatorsChain.TEMPO);
    assertThat(validator.submit("e2").state()).isEqualTo(State.SET);
  }

  @Test
  void aHashThatNobodyRevealedInTimeIsCommittedAnew() throws Exception {
    use(BY_HASH);
    validator.submit(evaluation());
    chain.seal(2 * ValidatorsChain.TEMPO);

    SubmitReport late = validator.submit("e1");
    SubmitReport anew = validator.submit("e1");
    chain.seal(ValidatorsChain.TEMPO);

    assertThat(late.state()).isEqualTo(State.TRY_AGAIN);
    assertThat(late.reason()).contains("unrevealed");
    assertThat(anew.state()).isEqualTo(State.COMMITTED);
    assertThat(validator.submit("e1").state()).isEqualTo(State.SET);
    assertThat(chain.weights(NETUID)).isEqualTo(vector());
  }

  @Test
  void aHashOfUnknownFateIsFoundOnTheChainAndRevealed() throws Exception {
    use(BY_HASH);
    HashCommit commit =
        HashCommit.of(chain.validator.account(), NETUID, 0, vector(), 0, new SecureRandom());
    dieBeforeHearing(
        commit.commit(), new Hiding(commit.hash(), commit.salt(), OptionalLong.empty()));

    SubmitReport found = validator.submit("e1");
    chain.seal(ValidatorsChain.TEMPO);

    assertThat(found.state()).isEqualTo(State.COMMITTED);
    assertThat(validator.submit("e1").state()).isEqualTo(State.SET);
    assertThat(validator.events()).containsOnlyOnce("SENT");
  }

  @Test
  void aTimelockOfUnknownFateIsFoundOnTheChain() throws Exception {
    WeightSetting setting =
        WeightSetting.choose(
            chain.head(),
            chain.validator.account(),
            NETUID,
            0,
            vector(),
            0,
            new CommitReveal(chain.beacon(), Duration.ofSeconds(12), new SecureRandom()));
    dieBeforeHearing(
        setting.call(),
        new Hiding(
            PreparedWeights.digest(setting.call().arguments().get("commit")),
            List.of(),
            setting.revealRound()));

    assertThat(validator.submit("e1").state()).isEqualTo(State.COMMITTED);
    chain.seal(2 * ValidatorsChain.TEMPO);
    assertThat(validator.submit("e1").state()).isEqualTo(State.ALREADY_SET);
    assertThat(validator.events()).containsOnlyOnce("SENT");
  }

  /** What a run leaves whose extrinsic arrives while it dies. */
  private void dieBeforeHearing(Call call, Hiding hiding) {
    evaluation();
    long last = chain.head().number() + 5;
    try (Warehouse warehouse = validator.warehouse()) {
      WeightIntent intent =
          new WeightIntent(
              chain.genesis(),
              NETUID,
              0,
              chain.validator.account().ss58(),
              5,
              "e1",
              vector().stream().map(weight -> new UidWeight(weight.uid(), weight.value())).toList(),
              0,
              chain.neuron(NETUID).lastUpdate());
      new Intents(new FolderObjects(warehouse.folder().orElseThrow().resolve(".intents")))
          .claim(intent);
      WeightLog log = new WeightLog(warehouse, Clock.systemUTC());
      log.intent(intent);
      Event sent =
          new Event(intent, "SENT", 1)
              .extrinsic("0x" + "11".repeat(32))
              .lastBlock(last)
              .hiding(Optional.of(hiding));
      warehouse.table(WeightRow.TABLE).append(List.of(sent.row(Instant.EPOCH)));
    }
    chain.done(call, chain.validator);
  }

  @Test
  void whatAKilledProcessCommittedIsRevealedByTheNext() throws Exception {
    use(BY_HASH);
    Process victim = SubmitProcess.start(folder, evaluation());
    while (victim.isAlive() && !validator.events().contains("SENT")) {
      Thread.onSpinWait();
    }
    victim.destroyForcibly().waitFor();

    State state = validator.submit("e1").state();
    for (int runs = 1; state != State.SET && runs < ValidatorsChain.TEMPO; runs++) {
      chain.seal(state == State.COMMITTED ? ValidatorsChain.TEMPO : 1);
      state = validator.submit("e1").state();
    }

    assertThat(state).isEqualTo(State.SET);
    assertThat(chain.weights(NETUID)).isEqualTo(vector());
    assertThat(validator.events()).containsOnlyOnce("INCLUDED");
  }

  private BundleVoucher manifest() {
    return validator.bundle("e1").signedBy(chain.validator.account()).orElseThrow();
  }
}
