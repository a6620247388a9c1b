package dev.assay.jobs.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.evaluate.Prefetch;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.snapshot.SnapshotReport;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.StatusReport.State;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.submit.SubmitReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a validator does next, from what it sees. */
class RoundsTest {
  private static final Duration POLL = Duration.ofSeconds(12);

  private final World world = new World();
  private final Vitals vitals = new Vitals(Clock.systemUTC());
  private final List<String> pages = new ArrayList<>();
  private final Rounds rounds = new Rounds(world, vitals, POLL, new Pages(), Throwable::getMessage);
  private boolean isDiskFull;

  /** Keeps what pages were to be written. */
  private final class Pages implements Validator.Audience {
    @Override
    public void evaluated(EvaluationReport report) {
      write(report.evaluation());
    }

    @Override
    public void served() {
      write("leaderboard after " + world.weights);
    }

    private void write(String page) {
      if (isDiskFull) {
        throw new IllegalStateException("no space left");
      }
      pages.add(page);
    }

    @Override
    public void looked(Vitals.Moment moment) {}
  }

  /** A chain, a feed and a cluster as one wishes them. */
  private static final class World implements Steps {
    private final List<String> taken = new ArrayList<>();
    private long block = 120;
    private Weights weights = Weights.NONE;
    private Optional<String> evaluation = Optional.empty();
    private boolean isReachable = true;
    private boolean isReady = true;
    private SubmitReport.State ending = SubmitReport.State.SET;

    @Override
    public StatusReport look() {
      return new StatusReport(
          State.DUE,
          "",
          "",
          isReachable ? Optional.of(window()) : Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());
    }

    private WindowReport window() {
      long first = block / 100 * 100;
      return new WindowReport(
          "0x",
          6,
          0,
          block,
          Instant.EPOCH,
          block / 100,
          first,
          first + 99,
          0,
          first + 90,
          Optional.of("5V"),
          Optional.of(0),
          Optional.of(true),
          Optional.of(true),
          Optional.of(1L),
          Optional.empty(),
          Optional.empty(),
          100,
          weights,
          evaluation,
          Optional.empty(),
          weights != Weights.SET,
          "");
    }

    @Override
    public SnapshotReport snapshot() {
      taken.add("snapshot");
      return new SnapshotReport(1, 2, 0, 0, 0, 0, Map.of(), 0, List.of(), List.of());
    }

    @Override
    public Prefetch.Report prefetch() {
      taken.add("prefetch");
      return new Prefetch.Report(block, List.of());
    }

    @Override
    public EvaluationReport evaluate() {
      taken.add("evaluate");
      if (!isReady) {
        throw new NotReadyException("there are no samples");
      }
      return new EvaluationReport(
          "e1",
          6,
          0,
          block,
          "0x",
          block / 100,
          "0x",
          1,
          List.of(),
          List.of(),
          0,
          0,
          true,
          Optional.empty(),
          new TreeMap<>());
    }

    @Override
    public SubmitReport submit(Optional<String> of) {
      taken.add("submit " + of.orElse("the window's"));
      if (ending == SubmitReport.State.SET) {
        weights = Weights.SET;
      }
      return new SubmitReport(
          ending, 6, 0, "5V", block / 100, "e1", List.of(), Optional.empty(), Optional.empty(), "");
    }

    @Override
    public void close() {}
  }

  @Test
  void anOpenWindowIsServedFromSamplesToThePage() throws Exception {
    Duration wait = rounds.next();
    Duration next = rounds.next();

    assertThat(world.taken).containsExactly("snapshot", "evaluate", "submit e1");
    assertThat(pages).containsExactly("e1", "leaderboard after SET");
    assertThat(wait).isEqualTo(POLL);
    assertThat(next).isEqualTo(POLL);
    assertThat(vitals.now().windows()).isEqualTo(1);
  }

  @Test
  void whoeverSeesThatAWindowIsServedSeesItsWeightsSet() throws Exception {
    rounds.next();

    assertThat(vitals.now().windows()).isEqualTo(1);
    assertThat(vitals.now().status().flatMap(StatusReport::window))
        .map(WindowReport::weights)
        .hasValue(Weights.SET);
  }

  @Test
  void pagesThatCantBeWrittenAreToldOfUntilTheyAre() throws Exception {
    isDiskFull = true;
    rounds.next();
    assertThat(world.taken).contains("submit e1");
    assertThat(vitals.now().problems())
        .extracting("what")
        .containsExactly("leaderboard: no space left", "report: no space left");
    isDiskFull = false;
    world.block = 203;
    world.weights = Weights.NONE;
    rounds.next();

    assertThat(vitals.now().problems()).isEmpty();
  }

  @Test
  void theNextWindowIsServedToo() throws Exception {
    rounds.next();
    world.block = 203;
    world.weights = Weights.NONE;
    rounds.next();

    assertThat(world.taken)
        .containsExactly("snapshot", "evaluate", "submit e1", "snapshot", "evaluate", "submit e1");
    assertThat(vitals.now().windows()).isEqualTo(2);
  }

  @Test
  void aServedWindowsRestBringsTheModelsThatTheNextOneLooksAt() throws Exception {
    rounds.next();
    rounds.next();
    assertThat(world.taken).containsExactly("snapshot", "evaluate", "submit e1");
    world.block = 150;
    rounds.next();
    rounds.next();

    assertThat(world.taken)
        .containsExactly("snapshot", "evaluate", "submit e1", "snapshot", "prefetch");
  }

  @Test
  void whatAKilledProcessHasEvaluatedIsOnlySubmitted() throws Exception {
    world.evaluation = Optional.of("e7");
    rounds.next();

    assertThat(world.taken).containsExactly("snapshot", "submit e7");
  }

  @Test
  void weightsOfUnknownFateAreTakenUp() throws Exception {
    world.weights = Weights.SENT;
    rounds.next();

    assertThat(world.taken).containsExactly("snapshot", "submit the window's");
  }

  @Test
  void aLostEndpointIsWaitedForMoreAndMorePatiently() throws Exception {
    world.isReachable = false;
    assertThat(rounds.next()).isEqualTo(POLL);
    assertThat(rounds.next()).isEqualTo(POLL.multipliedBy(2));
    assertThat(rounds.next()).isEqualTo(POLL.multipliedBy(4));
    world.isReachable = true;
    rounds.next();

    assertThat(world.taken).contains("submit e1");
    assertThat(rounds.next()).isEqualTo(POLL);
  }

  @Test
  void aStepThatFailsIsToldAndTriedAgain() throws Exception {
    world.isReady = false;
    rounds.next();
    assertThat(vitals.now().problems()).extracting("id").containsExactly("step_failing");
    assertThat(vitals.now().problems().get(0).what()).isEqualTo("evaluate: there are no samples");
    world.isReady = true;
    rounds.next();

    assertThat(world.taken).containsExactly("snapshot", "evaluate", "evaluate", "submit e1");
    assertThat(vitals.now().problems()).isEmpty();
  }

  @Test
  void atTheEndOfAWindowWithoutAnEvaluationTheFallbackDecides() throws Exception {
    world.isReady = false;
    world.block = 189;
    rounds.next();
    assertThat(world.taken).doesNotContain("submit the window's");
    world.block = 190;
    rounds.next();

    assertThat(world.taken).contains("submit the window's");
  }

  @Test
  void whereNothingEarnedAWeightTheWindowIsLeftAlone() throws Exception {
    world.ending = SubmitReport.State.NOTHING_TO_SET;
    rounds.next();
    rounds.next();

    assertThat(world.taken).containsOnlyOnce("evaluate").containsOnlyOnce("submit e1");
  }

  @Test
  void whatAnOperatorMustMendIsNotTriedAgain() throws Exception {
    world.weights = Weights.FOREIGN;
    rounds.next();
    rounds.next();

    assertThat(world.taken).containsExactly("snapshot");
  }
}
