package dev.assay.jobs.evaluate;

import dev.assay.jobs.judge.Cost;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.model.hub.CommittedModel;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.ScoringResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what became of every commitment, scoring's own findings included. */
final class Verdicts {
  private Verdicts() {}

  static List<VerdictRow> rows(
      String evaluation, List<Judgement> judgements, ScoringResult result) {
    Map<String, ScoredModel> scored = new HashMap<>();
    result.models().forEach(model -> scored.put(model.entry().hotkey(), model));
    return judgements.stream()
        .map(
            judgement ->
                row(
                    evaluation,
                    judgement,
                    Optional.ofNullable(scored.get(judgement.candidate().commitment().hotkey()))))
        .toList();
  }

  private static VerdictRow row(
      String evaluation, Judgement judgement, Optional<ScoredModel> scored) {
    CommitmentRow commitment = judgement.candidate().commitment();
    Optional<CommittedModel> model = judgement.candidate().model();
    Cost cost = judgement.cost();
    Outcome outcome = outcome(judgement, scored);
    return new VerdictRow(
        evaluation,
        commitment.hotkey(),
        commitment.uid(),
        commitment.committedBlock(),
        commitment.registeredBlock(),
        model.map(CommittedModel::competition),
        model.map(m -> m.repository().toString()),
        model.map(CommittedModel::revision),
        judgement.digest(),
        outcome.verdict().name(),
        outcome.blame().map(Blame::name),
        reason(judgement, outcome),
        cost.attempt(),
        judgement.losses().count(),
        judgement.computed(),
        judgement.tokens(),
        Optional.of(judgement.losses().mean()).filter(Double::isFinite),
        cost.bytes(),
        cost.downloadMs(),
        cost.loadMs(),
        cost.runMs(),
        Optional.of(cost.executor()).filter(executor -> !executor.isEmpty()),
        Optional.of(cost.device()).filter(device -> !device.isEmpty()));
  }

  private static Outcome outcome(Judgement judgement, Optional<ScoredModel> scored) {
    return judgement
        .fault()
        .map(Judgement::outcome)
        .orElseGet(() -> scored.map(ScoredModel::outcome).orElseGet(Outcome::accepted));
  }

  private static String reason(Judgement judgement, Outcome outcome) {
    if (judgement.fault().isPresent()) {
      return judgement.fault().get().reason();
    }
    if (outcome.breach().isPresent()) {
      Breach breach = outcome.breach().get();
      return breach.rule() + ": " + breach.value() + "; " + breach.limit();
    }
    return outcome.verdict() == Verdict.ACCEPTED ? "" : usual(outcome.verdict());
  }

  private static String usual(Verdict verdict) {
    return switch (verdict) {
      case DUPLICATE -> "an earlier commitment holds the same model";
      case NON_FINITE -> "a loss is NaN or infinite";
      default -> verdict.name();
    };
  }
}
