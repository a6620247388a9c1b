package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.Examples;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.judge.Cost;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.work.Fault;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.Standings;
import dev.assay.score.weights.WeightVector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final Cost COST = new Cost(1, 2, 3, 4, 5, "executor", "cpu");
  private final Candidate candidate = Examples.candidate("nous-0.2.7", 1, "model", 5);

  private Judgement judged() {
    return new Judgement(
        candidate, Optional.empty(), Optional.of("digest"), Losses.of(1, 3), 10, 2, COST);
  }

  private ScoringResult scored(Outcome outcome) {
    ScoredModel model =
        new ScoredModel(
            candidate.entry(Optional.of("digest")),
            "b1",
            outcome,
            2,
            1,
            2,
            0.5,
            1,
            1,
            65_535,
            List.of());
    return new ScoringResult(
        List.of(model), Standings.none(), new WeightVector(List.of()), List.of());
  }

  private static VerdictRow row(Judgement judgement, ScoringResult result) {
    return Verdicts.rows("id", List.of(judgement), result).get(0);
  }

  @Test
  void anAcceptedModelHasNoReason() {
    VerdictRow row = row(judged(), scored(Outcome.accepted()));

    assertThat(row.verdict()).isEqualTo("ACCEPTED");
    assertThat(row.reason()).isEmpty();
    assertThat(row.blame()).isEmpty();
    assertThat(row.meanLoss()).contains(2.0);
    assertThat(row.samples()).isEqualTo(2);
    assertThat(row.repository()).contains("miners/model");
    assertThat(row.executor()).contains("executor");
  }

  @Test
  void whatScoringFindsIsSaidWithRuleValueAndLimit() {
    VerdictRow row =
        row(judged(), scored(Outcome.of(Verdict.DUPLICATE, new Breach("rule", "1", "at most 0"))));

    assertThat(row.verdict()).isEqualTo("DUPLICATE");
    assertThat(row.blame()).contains("MINER");
    assertThat(row.reason()).isEqualTo("rule: 1; at most 0");
  }

  @Test
  void aFaultOfTheEvaluationGoesBeforeScoring() {
    Judgement failed = judged().with(Fault.of(Verdict.HASH_MISMATCH, "another hash"));

    VerdictRow row = row(failed, scored(Outcome.accepted()));

    assertThat(row.verdict()).isEqualTo("HASH_MISMATCH");
    assertThat(row.reason()).isEqualTo("another hash");
  }

  @Test
  void whatNeverCameToAnExecutorNamesNone() {
    VerdictRow row =
        row(
            Judgement.of(candidate, Fault.of(Verdict.NOT_FOUND, "nothing")),
            new ScoringResult(List.of(), Standings.none(), new WeightVector(List.of()), List.of()));

    assertThat(row.executor()).isEmpty();
    assertThat(row.device()).isEmpty();
    assertThat(row.meanLoss()).isEmpty();
    assertThat(row.attempt()).isZero();
  }
}
