package dev.assay.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.StatusReport.LastEvaluation;
import dev.assay.jobs.tables.AttemptRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What status makes of an evaluation that went not quite well. */
class ProblemsTest {
  private static final long IMMUNITY = 5_000;

  private final List<AttemptRow> attempts = new ArrayList<>();
  private final Problems problems =
      new Problems(AssayConfiguration.defaults(), Instant.EPOCH.plusSeconds(30));

  private void attempt(String model, String host, String outcome, String blame) {
    attempts.add(
        new AttemptRow(
            "e1",
            model,
            "0".repeat(40),
            Instant.EPOCH.plusSeconds(attempts.size()),
            1,
            Optional.of("1"),
            Optional.of(host).filter(name -> !name.isEmpty()),
            Optional.empty(),
            outcome,
            Optional.of(blame).filter(name -> !name.isEmpty()),
            "",
            0,
            0,
            0,
            0,
            0,
            0,
            0));
  }

  private static LastEvaluation evaluation(
      long block, Optional<Long> oldestUnjudged, SortedMap<String, Integer> quarantined) {
    return new LastEvaluation(
        "e1",
        1,
        block,
        4,
        4,
        new TreeMap<>(),
        oldestUnjudged,
        quarantined,
        Instant.EPOCH,
        "bundles/e1");
  }

  private static WindowReport windowAt(long block) {
    return new WindowReport(
        "0x",
        6,
        0,
        block,
        Instant.EPOCH,
        1,
        100,
        199,
        960,
        190,
        Optional.of("5V"),
        Optional.of(0),
        Optional.of(true),
        Optional.of(true),
        Optional.of(110L),
        Optional.of(0.5),
        Optional.of(0.25),
        IMMUNITY,
        Weights.SET,
        Optional.of("e1"),
        Optional.empty(),
        false,
        "its weights are set");
  }

  @Test
  void aNodeThatFailsTwoModelsWhichOthersJudgeIsTold() {
    attempt("a/m", "bad", "LOST", "");
    attempt("a/m", "good", "ACCEPTED", "");
    attempt("b/m", "bad", "ERROR", "INFRASTRUCTURE");
    attempt("b/m", "good", "REJECTED_CHECKPOINT", "MINER");
    SortedMap<String, Integer> nodes = Quarantined.nodes(attempts);

    problems.evaluation(evaluation(110, Optional.empty(), nodes));

    assertThat(nodes).isEqualTo(Map.of("bad", 2));
    assertThat(problems.found()).extracting(Problem::id).containsExactly("node_quarantined");
    assertThat(problems.found().get(0).what())
        .isEqualTo("node bad failed 2 models of evaluation e1 that others could judge");
  }

  @Test
  void aNodeIsNotBlamedForOneModelNorForWhatNobodyCouldJudge() {
    attempt("a/m", "one", "LOST", "");
    attempt("a/m", "other", "ACCEPTED", "");
    attempt("b/m", "one", "LOST", "");
    attempt("b/m", "other", "LOST", "");
    attempt("c/m", "one", "DECLINED", "");
    attempt("c/m", "other", "ACCEPTED", "");
    attempt("d/m", "one", "LATE", "");
    attempt("e/m", "", "LOST", "");
    attempt("f/m", "one", "LOST", "");
    attempt("f/m", "one", "ACCEPTED", "");

    assertThat(Quarantined.nodes(attempts)).isEmpty();
  }

  @Test
  void aQueueOlderThanImmunityIsTold() {
    problems.queue(windowAt(5_050), evaluation(5_020, Optional.of(50L), new TreeMap<>()));
    assertThat(problems.found()).isEmpty();

    problems.queue(windowAt(5_051), evaluation(5_020, Optional.of(50L), new TreeMap<>()));

    assertThat(problems.found()).extracting(Problem::id).containsExactly("queue_old");
    assertThat(problems.found().get(0).what()).contains("5001 blocks", "immune for 5000");
  }

  @Test
  void anEvaluationLongAgoLeavesNewerModelsWaitingToo() {
    problems.queue(windowAt(9_000), evaluation(3_999, Optional.empty(), new TreeMap<>()));

    assertThat(problems.found()).extracting(Problem::id).containsExactly("queue_old");
  }
}
