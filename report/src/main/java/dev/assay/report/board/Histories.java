package dev.assay.report.board;

import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.rules.Policy;
import dev.assay.score.weights.WeightVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One competition over all evaluations. */
final class Histories {
  private static final int MOST_BANDS = 7;

  /** Stands for all models that have no band of their own. */
  private static final int OTHERS = -1;

  private final Map<String, List<ModelLine.Point>> points = new HashMap<>();
  private final List<CompetitionBoard.BestLoss> bestLosses = new ArrayList<>();
  private final Map<Long, Map<Integer, Double>> shares = new LinkedHashMap<>();

  Histories(String competition, TableRows rows, Optional<Policy> policy) {
    for (EvaluationRow evaluation : rows.evaluations()) {
      List<ScoreRow> scores = rows.scoresOf(evaluation.evaluation());
      long sum = scores.stream().mapToLong(ScoreRow::weightU16).sum();
      Map<String, ScoreRow> byHotkey = new HashMap<>();
      Map<Integer, Double> ofEvaluation = new TreeMap<>();
      for (ScoreRow score : scores) {
        if (score.competition().equals(competition)) {
          byHotkey.put(score.hotkey(), score);
          if (score.weightU16() > 0) {
            ofEvaluation.merge(
                score.uid(), WeightVector.share(score.weightU16(), sum), Double::sum);
          }
        }
      }
      shares.put(evaluation.block(), ofEvaluation);
      List<VerdictRow> verdicts =
          rows.verdictsOf(evaluation.evaluation()).stream()
              .filter(verdict -> verdict.competition().orElse("").equals(competition))
              .toList();
      verdicts.forEach(verdict -> add(evaluation, verdict, byHotkey, sum));
      addBest(evaluation, verdicts, policy);
    }
  }

  private void add(
      EvaluationRow evaluation, VerdictRow verdict, Map<String, ScoreRow> scores, long sum) {
    Optional<ScoreRow> score = Optional.ofNullable(scores.get(verdict.hotkey()));
    points
        .computeIfAbsent(verdict.hotkey(), any -> new ArrayList<>())
        .add(
            new ModelLine.Point(
                evaluation.block(),
                verdict.verdict(),
                verdict.meanLoss(),
                score.map(ScoreRow::winRate).orElse(0.0),
                WeightVector.share(score.map(ScoreRow::weightU16).orElse(0), sum)));
  }

  private void addBest(
      EvaluationRow evaluation, List<VerdictRow> verdicts, Optional<Policy> policy) {
    verdicts.stream()
        .filter(v -> v.verdict().equals("ACCEPTED") && v.meanLoss().isPresent())
        .min(Comparator.comparingDouble(v -> v.meanLoss().orElseThrow()))
        .ifPresent(
            best -> {
              double loss = best.meanLoss().orElseThrow();
              long since = Math.max(best.committedBlock(), best.registeredBlock());
              bestLosses.add(
                  new CompetitionBoard.BestLoss(
                      evaluation.block(),
                      best.uid(),
                      loss,
                      policy.map(
                          rules ->
                              loss * (1 - rules.advantage().epsilon(since, evaluation.block())))));
            });
  }

  /** How a hotkey stood, oldest first. */
  List<ModelLine.Point> of(String hotkey) {
    return points.getOrDefault(hotkey, List.of());
  }

  List<CompetitionBoard.BestLoss> bestLosses() {
    return bestLosses;
  }

  /** The models that had most weight over time, and all others as one of UID -1. */
  List<CompetitionBoard.WeightShares> weights() {
    Map<Integer, Double> totals = new TreeMap<>();
    shares.values().forEach(each -> each.forEach((uid, s) -> totals.merge(uid, s, Double::sum)));
    Set<Integer> named =
        totals.entrySet().stream()
            .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
            .limit(MOST_BANDS)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    List<CompetitionBoard.WeightShares> weights = new ArrayList<>();
    shares.forEach(
        (block, each) -> {
          Map<Integer, Double> bands = new TreeMap<>();
          each.forEach(
              (uid, share) -> bands.merge(named.contains(uid) ? uid : OTHERS, share, Double::sum));
          bands.forEach(
              (uid, share) -> weights.add(new CompetitionBoard.WeightShares(block, uid, share)));
        });
    return weights;
  }
}
