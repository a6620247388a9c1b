package dev.assay.report.board;

import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.weights.UidWeight;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * What the leaderboard takes from the tables.
 *
 * @param evaluations the last 400 of one mechanism, oldest first
 * @param verdicts of these evaluations, by evaluation
 * @param scores of these evaluations, by evaluation
 * @param weights of the mechanism, in the order of their recording
 * @param samples of the last windows
 */
public record TableRows(
    List<EvaluationRow> evaluations,
    Map<String, List<VerdictRow>> verdicts,
    Map<String, List<ScoreRow>> scores,
    List<WeightRow> weights,
    List<SampleRow> samples) {
  private static final int WINDOWS_OF_SAMPLES = 3;

  /** More points than a plot can show, and no more rows than fit in memory. */
  static final int MOST_EVALUATIONS = 400;

  /** Reads them. */
  public static TableRows read(Warehouse warehouse, int mechanism, int windowBlocks) {
    List<EvaluationRow> all =
        warehouse
            .table(EvaluationRow.TABLE)
            .rows(Expressions.equal("mechanism", mechanism))
            .stream()
            .sorted(
                Comparator.comparingLong(EvaluationRow::block)
                    .thenComparing(EvaluationRow::finishedAt))
            .toList();
    List<EvaluationRow> evaluations =
        all.subList(Math.max(0, all.size() - MOST_EVALUATIONS), all.size());
    Expression shown =
        all.size() == evaluations.size()
            ? Expressions.alwaysTrue()
            : Expressions.in(
                "evaluation", evaluations.stream().map(EvaluationRow::evaluation).toArray());
    long newest = evaluations.isEmpty() ? 0 : evaluations.get(evaluations.size() - 1).block();
    return new TableRows(
        evaluations,
        warehouse.table(VerdictRow.TABLE).rows(shown).stream()
            .collect(Collectors.groupingBy(VerdictRow::evaluation)),
        warehouse.table(ScoreRow.TABLE).rows(shown).stream()
            .collect(Collectors.groupingBy(ScoreRow::evaluation)),
        warehouse.table(WeightRow.TABLE).rows(Expressions.equal("mechanism", mechanism)).stream()
            .sorted(Comparator.comparing(WeightRow::recordedAt))
            .toList(),
        warehouse
            .table(SampleRow.TABLE)
            .rows(
                Expressions.greaterThan(
                    "block", newest - (long) WINDOWS_OF_SAMPLES * windowBlocks)));
  }

  /** The newest evaluation by block. */
  public Optional<EvaluationRow> latest() {
    return evaluations.isEmpty()
        ? Optional.empty()
        : Optional.of(evaluations.get(evaluations.size() - 1));
  }

  /** An evaluation's vector for the chain, by UID; empty if no model earned anything. */
  public SortedMap<Integer, Double> vector(String evaluation) {
    SortedMap<Integer, Double> vector = new TreeMap<>();
    scoresOf(evaluation).stream()
        .filter(score -> score.weightU16() > 0)
        .map(score -> new UidWeight(score.uid(), score.weightU16()))
        .forEach(weight -> vector.put(weight.uid(), (double) weight.weight()));
    return vector;
  }

  List<VerdictRow> verdictsOf(String evaluation) {
    return verdicts.getOrDefault(evaluation, List.of());
  }

  List<ScoreRow> scoresOf(String evaluation) {
    return scores.getOrDefault(evaluation, List.of());
  }
}
