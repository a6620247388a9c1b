package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.storage.FolderObjects;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.weights.UidWeight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights on a real node, by a validator that is killed, raced and doubled. */
class SubmitIT {
  @AutoClose private static ValidatorsChain chain;

  @TempDir private Path folder;
  private ValidatorFolder validator;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
  }

  @BeforeEach
  void plainSubnet() throws Exception {
    use(ValidatorsChain.PLAIN);
  }

  private void use(int netuid) throws Exception {
    validator = new ValidatorFolder(chain, folder, netuid, "");
  }

  private String evaluation(String id, long window, int first, int second, int third) {
    return validator.evaluation(id, window, first, second, third);
  }

  private SubmitReport submit(String evaluation) {
    return validator.submit(evaluation);
  }

  private List<String> events() {
    return validator.events();
  }

  private List<Weight> weights(int first, int second) {
    return List.of(new Weight(chain.uid("//M1"), first), new Weight(chain.uid("//M2"), second));
  }

  @Test
  void setsTheVectorOnceAndReadsItBack() {
    String evaluation = evaluation("e1", 5, 65_535, 100, 0);

    SubmitReport first = submit(evaluation);
    SubmitReport second = submit(evaluation);

    assertThat(first.state()).isEqualTo(State.SET);
    assertThat(chain.weights()).isEqualTo(weights(65_535, 100));
    assertThat(second.state()).isEqualTo(State.ALREADY_SET);
    assertThat(second.extrinsicHash()).isEqualTo(first.extrinsicHash());
    assertThat(events()).containsExactlyInAnyOrder("INTENT", "SENT", "INCLUDED");
  }

  @Test
  void theValidatorSignsTheBundleWithTheExtrinsic() {
    SubmitReport report = submit(evaluation("e1", 5, 65_535, 100, 0));

    BundleFolder bundle = validator.bundle("e1");
    assertThat(bundle.signedBy(chain.validator.account()).orElseThrow().facts())
        .containsEntry("extrinsic", report.extrinsicHash().orElseThrow())
        .containsEntry("included_block", report.block().orElseThrow().toString());
    assertThat(bundle.damaged()).isEmpty();
    assertThat(bundle.replay()).isEmpty();
  }

  @Test
  void aWindowNeverGetsASecondVector() {
    submit(evaluation("e1", 5, 65_535, 100, 0));
    List<Weight> set = chain.weights();

    SubmitReport other = submit(evaluation("e2", 5, 100, 65_535, 0));

    assertThat(other.state()).isEqualTo(State.REFUSED);
    assertThat(other.reason()).contains("window 5 has another vector, of evaluation e1");
    assertThat(chain.weights()).isEqualTo(set);
  }

  @Test
  void theNextWindowGetsItsOwn() {
    submit(evaluation("e1", 5, 65_535, 100, 0));

    SubmitReport next = submit(evaluation("e2", 6, 100, 65_535, 0));

    assertThat(next.state()).isEqualTo(State.SET);
    assertThat(chain.weights()).isEqualTo(weights(100, 65_535));
  }

  @Test
  void anEarlierReleasesExtrinsicIsReplacedOnceItCannotArriveAnyMore() {
    String evaluation = evaluation("e1", 5, 65_535, 100, 0);
    long last = dieAfterRecording(evaluation);

    SubmitReport tooEarly = submit(evaluation);
    chain.seal((int) (last + 1 - chain.head().number()));
    SubmitReport later = submit(evaluation);

    assertThat(tooEarly.state()).isEqualTo(State.UNKNOWN);
    assertThat(later.state()).isEqualTo(State.SET);
    assertThat(events()).filteredOn(event -> event.equals("SENT")).hasSize(2);
  }

  @Test
  void anExtrinsicOfUnknownFateIsFoundOnTheChain() {
    String evaluation = evaluation("e1", 5, 65_535, 100, 0);
    dieAfterRecording(evaluation);
    // It did arrive, and the validator died before it heard of it.
    chain.done(Calls.setWeights(1, weights(65_535, 100), 0), chain.validator);

    SubmitReport report = submit(evaluation);

    assertThat(report.state()).isEqualTo(State.ALREADY_SET);
    assertThat(events()).containsExactlyInAnyOrder("INTENT", "SENT", "INCLUDED");
  }

  /** What a run of an earlier release leaves that is killed between recording and sending. */
  private long dieAfterRecording(String evaluation) {
    long last = chain.head().number() + 5;
    try (Warehouse warehouse = validator.warehouse()) {
      WeightIntent intent =
          new WeightIntent(
              chain.genesis(),
              1,
              0,
              chain.validator.account().ss58(),
              5,
              evaluation,
              List.of(
                  new UidWeight(chain.uid("//M1"), 65_535), new UidWeight(chain.uid("//M2"), 100)),
              0,
              chain.neuron(ValidatorsChain.PLAIN).lastUpdate());
      new Intents(new FolderObjects(warehouse.folder().orElseThrow().resolve(".intents")))
          .claim(intent);
      WeightLog log = new WeightLog(warehouse, Clock.systemUTC());
      log.intent(intent);
      Event sent = new Event(intent, "SENT", 1).extrinsic("0x" + "11".repeat(32)).lastBlock(last);
      warehouse.table(WeightRow.TABLE).append(List.of(sent.row(Instant.EPOCH)));
    }
    return last;
  }

  @Test
  void somebodyElsesUseOfTheHotkeyStopsTheValidator() {
    submit(evaluation("e1", 5, 65_535, 100, 0));
    chain.done(Calls.setWeights(1, weights(1, 65_535), 0), chain.validator);

    SubmitReport report = submit(evaluation("e2", 6, 65_535, 200, 0));

    assertThat(report.state()).isEqualTo(State.REFUSED);
    assertThat(report.reason()).contains("not by this validator");
    assertThat(chain.weights()).isEqualTo(weights(1, 65_535));
  }

  @Test
  void anOperatorCanAcceptAnUpdateThatHeKnowsOf() {
    submit(evaluation("e1", 5, 65_535, 100, 0));
    long theirs = chain.done(Calls.setWeights(1, weights(1, 65_535), 0), chain.validator);
    String next = evaluation("e2", 6, 65_535, 200, 0);

    assertThatThrownBy(() -> validator.submit(next, theirs - 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("last update is of block " + theirs);
    assertThat(validator.submit(next, theirs).state()).isEqualTo(State.SET);
  }

  @Test
  void aWindowThatAnotherMachineHasSetIsLeftAlone() throws Exception {
    use(ValidatorsChain.UNTOUCHED);
    String early = evaluation("e1", 0, 65_535, 100, 0);
    chain.done(Calls.setWeights(5, weights(1, 65_535), 0), chain.validator);

    SubmitReport sameWindow = submit(early);
    SubmitReport laterWindow = submit(evaluation("e2", 50, 65_535, 200, 0));

    assertThat(sameWindow.state()).isEqualTo(State.REFUSED);
    assertThat(sameWindow.reason()).contains("not by this validator");
    assertThat(laterWindow.state()).isEqualTo(State.SET);
  }

  @Test
  void aRunThatDiedBeforeItSignedIsSignedByTheNext() throws Exception {
    String evaluation = evaluation("e1", 5, 65_535, 100, 0);
    submit(evaluation);
    Path manifest = folder.resolve("bundles/e1/manifest-" + account() + ".txt");
    Files.delete(manifest);

    assertThat(submit(evaluation).state()).isEqualTo(State.ALREADY_SET);

    assertThat(validator.bundle("e1").signedBy(chain.validator.account())).isPresent();
  }

  @Test
  void aRunThatDiedWhileItSignedIsSignedAnewByTheNext() throws Exception {
    String evaluation = evaluation("e1", 5, 65_535, 100, 0);
    submit(evaluation);
    Files.writeString(folder.resolve("bundles/e1/manifest-" + account() + ".sig"), "00".repeat(64));

    assertThat(submit(evaluation).state()).isEqualTo(State.ALREADY_SET);

    assertThat(validator.bundle("e1").signedBy(chain.validator.account()).orElseThrow().problem())
        .isEmpty();
  }

  private static String account() {
    return chain.validator.account().ss58();
  }

  @Test
  void aRateLimitPassesByItselfAndTheReportSaysWhen() throws Exception {
    use(ValidatorsChain.SLOW);
    chain.seal(20);
    SubmitReport set = submit(evaluation("e1", 5, 65_535, 100, 0));

    SubmitReport refused = submit(evaluation("e2", 6, 65_535, 200, 0));
    chain.seal(20);
    SubmitReport later = submit("e2");

    assertThat(refused.state()).isEqualTo(State.TRY_AGAIN);
    assertThat(refused.reason())
        .contains("every 20 blocks", "run again from block " + (set.block().orElseThrow() + 20));
    assertThat(later.state()).isEqualTo(State.SET);
  }

  @Test
  void nothingIsSentWhenNobodyEarnedAWeight() {
    SubmitReport report = submit(evaluation("e1", 5, 0, 0, 0));

    assertThat(report.state()).isEqualTo(State.NOTHING_TO_SET);
    assertThat(events()).isEmpty();
  }
}
