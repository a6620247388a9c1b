package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.Scoring;
import dev.assay.score.ScoringInput;
import dev.assay.score.Standings;
import dev.assay.score.UidWeight;
import dev.assay.score.WeightLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights on a real node, by a validator that is killed, raced and doubled. */
class SubmitIT {
  private static ValidatorsChain chain;

  @TempDir private Path folder;
  private AssayConfiguration configuration;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
  }

  @AfterAll
  static void stop() {
    chain.close();
  }

  @BeforeEach
  void plainSubnet() throws Exception {
    use(ValidatorsChain.PLAIN);
  }

  private void use(int netuid) throws Exception {
    configuration =
        AssayConfiguration.load(
            Files.writeString(
                folder.resolve("assay.yaml"),
                """
                chain: {endpoints: ["%s"], netuid: %d, poll_milliseconds: 20}
                submit: {era_blocks: 8, finality_timeout_seconds: 20}
                paths: {warehouse: "%s", bundles: "%s"}
                """
                    .formatted(
                        chain.address(),
                        netuid,
                        folder.resolve("tables"),
                        folder.resolve("bundles"))),
            Map.of());
  }

  private Warehouse warehouse() {
    return Warehouse.open(configuration.paths().warehouse(), new Configuration());
  }

  /** A completed evaluation of a window with these weights of the three miners. */
  private String evaluation(String id, long window, int first, int second, int third) {
    List<Integer> values = List.of(first, second, third);
    try (Warehouse warehouse = warehouse()) {
      List<ScoreRow> scores = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        scores.add(
            new ScoreRow(
                id,
                "miner" + i,
                chain.uid("//M" + (i + 1)),
                1,
                "b1",
                Optional.empty(),
                "ACCEPTED",
                1,
                1,
                1,
                1,
                1,
                values.get(i),
                true,
                Optional.of(1.0),
                0));
      }
      warehouse.table(ScoreRow.TABLE).append(scores);
      warehouse
          .table(EvaluationRow.TABLE)
          .append(List.of(row(id, configuration.chain().netuid(), window)));
    }
    ScoringInput input = new ScoringInput(1, 1, List.of(), Standings.none(), WeightLimits.NONE);
    BundleFolder.of(configuration.paths().bundles(), id)
        .write(
            Bundle.of(
                Map.of("evaluation", id),
                input,
                Scoring.score(input),
                "{}",
                List.of(),
                List.of(),
                Map.of(),
                List.of()));
    return id;
  }

  private static EvaluationRow row(String id, int netuid, long window) {
    return new EvaluationRow(
        id,
        netuid,
        0,
        50,
        "0xab",
        window,
        "0xcd",
        "p",
        Optional.empty(),
        "d",
        1,
        3,
        3,
        "{}",
        "{}",
        0,
        0,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private SubmitReport submit(String evaluation) {
    return Submit.run(
        configuration, evaluation, chain.validator, Progress.silent(), Clock.systemUTC());
  }

  private List<String> events() {
    try (Warehouse warehouse = warehouse()) {
      return warehouse.table(WeightRow.TABLE).rows().stream().map(WeightRow::event).toList();
    }
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

    BundleFolder bundle = BundleFolder.of(configuration.paths().bundles(), "e1");
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
  void racersSetOneVectorBetweenThem() throws Exception {
    List<String> evaluations = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      evaluations.add(evaluation("e" + i, 5, 65_535, i, 0));
    }
    ExecutorService racers = Executors.newFixedThreadPool(evaluations.size());
    List<State> states = new ArrayList<>();
    try {
      List<Callable<State>> tasks = new ArrayList<>();
      evaluations.forEach(evaluation -> tasks.add(() -> stateOf(evaluation)));
      for (Future<State> state : racers.invokeAll(tasks)) {
        states.add(state.get());
      }
    } finally {
      racers.shutdownNow();
    }

    assertThat(states).containsOnlyOnce(State.SET);
    assertThat(states).filteredOn(state -> state == State.REFUSED).hasSize(3);
    assertThat(events()).filteredOn(event -> event.equals("SENT")).hasSize(1);
  }

  /** A racer that finds another at work comes back until it isn't. */
  private State stateOf(String evaluation) {
    while (true) {
      try {
        return submit(evaluation).state();
      } catch (NotReadyException busy) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void anExtrinsicThatNeverArrivedIsSentAgainOnceItCannotArriveAnyMore() {
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

  /** What a run leaves that is killed between recording and sending. */
  private long dieAfterRecording(String evaluation) {
    long last = chain.head().number() + 5;
    try (Warehouse warehouse = warehouse()) {
      WeightIntent intent =
          new WeightIntent(
              1,
              0,
              chain.validator.account().ss58(),
              5,
              evaluation,
              List.of(
                  new UidWeight(chain.uid("//M1"), 65_535), new UidWeight(chain.uid("//M2"), 100)),
              0,
              chain.neuron(ValidatorsChain.PLAIN).lastUpdate());
      new IntentFile(warehouse.folder().orElseThrow().resolve(".intents")).claim(intent);
      WeightLog log = new WeightLog(warehouse, Clock.systemUTC());
      log.intent(intent);
      log.sent(intent, 1, "0x" + "11".repeat(32), last);
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
  void whatTheChainRefusesIsNamedAndMayBeTriedAgain() throws Exception {
    use(ValidatorsChain.SLOW);
    chain.seal(20);
    submit(evaluation("e1", 5, 65_535, 100, 0));

    SubmitReport refused = submit(evaluation("e2", 6, 65_535, 200, 0));
    chain.seal(20);
    SubmitReport later = submit("e2");

    assertThat(refused.state()).isEqualTo(State.FAILED);
    assertThat(refused.reason()).contains("RateLimitExceeded");
    assertThat(later.state()).isEqualTo(State.SET);
  }

  @Test
  void aSubnetThatHidesWeightsGetsThemEncrypted() throws Exception {
    use(ValidatorsChain.HIDDEN);

    SubmitReport first = submit(evaluation("e1", 5, 65_535, 100, 0));
    SubmitReport second = submit("e1");

    assertThat(first.state()).isEqualTo(State.COMMITTED);
    assertThat(first.reason()).contains("beacon round");
    assertThat(second.state()).isEqualTo(State.COMMITTED);
    assertThat(events()).filteredOn(event -> event.equals("SENT")).hasSize(1);
  }

  @Test
  void nothingIsSentWhenNobodyEarnedAWeight() {
    SubmitReport report = submit(evaluation("e1", 5, 0, 0, 0));

    assertThat(report.state()).isEqualTo(State.NOTHING_TO_SET);
    assertThat(events()).isEmpty();
  }
}
