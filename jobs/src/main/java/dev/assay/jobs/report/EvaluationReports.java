package dev.assay.jobs.report;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.weights.UidWeight;
import dev.assay.score.weights.WeightVector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.expressions.Expressions;

/** Reads evaluations back from the tables. */
public final class EvaluationReports {
  private static final String LATEST = "latest";

  private final Warehouse warehouse;

  /** EvaluationReports of one warehouse. */
  public EvaluationReports(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** A completed evaluation, if there is one of that id. */
  public Optional<EvaluationReport> find(String evaluation) {
    return find(evaluation, false);
  }

  /** The last completed evaluation of a window, by its block. */
  public Optional<String> latest(String genesis, int netuid, int mechanism, long window) {
    return warehouse.table(EvaluationRow.TABLE).rows(Expressions.equal("window", window)).stream()
        .filter(row -> row.genesis().equals(Optional.of(genesis)))
        .filter(row -> row.netuid() == netuid && row.mechanism() == mechanism)
        .max(
            Comparator.comparingLong(EvaluationRow::block).thenComparing(EvaluationRow::evaluation))
        .map(EvaluationRow::evaluation);
  }

  /**
   * A completed evaluation by how an operator names it: its id, the first digits of it that no
   * other has, or {@code latest}.
   *
   * @throws ConfigurationException if there is none of that name, or several are
   */
  public EvaluationReport named(String name) {
    List<EvaluationRow> rows = warehouse.table(EvaluationRow.TABLE).rows();
    List<EvaluationRow> meant =
        name.equals(LATEST)
            ? rows.stream().max(Comparator.comparing(EvaluationRow::finishedAt)).stream().toList()
            : rows.stream()
                .filter(row -> !name.isBlank() && row.evaluation().startsWith(name))
                .toList();
    if (meant.size() == 1) {
      return report(meant.get(0), false);
    }
    String place = warehouse.folder().map(folder -> " in " + folder).orElse("");
    throw new ConfigurationException(
        meant.isEmpty()
            ? "there is no completed evaluation "
                + name
                + place
                + "; evaluate first, or name another"
            : meant.size()
                + " evaluations"
                + place
                + " begin with "
                + name
                + "; write more of the id");
  }

  /**
   * A completed evaluation, if there is one of that id.
   *
   * @param isNew what the report says of itself: whether this run has completed it
   */
  public Optional<EvaluationReport> find(String evaluation, boolean isNew) {
    return warehouse
        .table(EvaluationRow.TABLE)
        .rows(Expressions.equal("evaluation", evaluation))
        .stream()
        .findFirst()
        .map(row -> report(row, isNew));
  }

  private EvaluationReport report(EvaluationRow row, boolean isNew) {
    List<VerdictRow> verdicts =
        warehouse.table(VerdictRow.TABLE).rows(Expressions.equal("evaluation", row.evaluation()));
    List<ScoreRow> scores =
        warehouse.table(ScoreRow.TABLE).rows(Expressions.equal("evaluation", row.evaluation()));
    Map<List<String>, ScoreRow> byModel = new HashMap<>();
    scores.forEach(score -> byModel.put(List.of(score.hotkey(), score.competition()), score));
    List<UidWeight> vector = vector(scores);
    long sum = vector.stream().mapToLong(UidWeight::weight).sum();
    return new EvaluationReport(
        row.evaluation(),
        row.netuid(),
        row.mechanism(),
        row.block(),
        row.blockHash(),
        row.window(),
        row.seed(),
        row.samples(),
        verdicts.stream()
            .sorted(Comparator.comparingInt(VerdictRow::uid))
            .map(
                verdict ->
                    model(
                        verdict,
                        Optional.ofNullable(
                            byModel.get(
                                List.of(verdict.hotkey(), verdict.competition().orElse("")))),
                        sum))
            .toList(),
        vector,
        verdicts.stream().mapToLong(VerdictRow::computed).sum(),
        verdicts.stream().mapToLong(verdict -> verdict.samples() - verdict.computed()).sum(),
        isNew,
        row.genesis(),
        hotkeys(scores));
  }

  /** The vector for the chain, by uid ascending. */
  static List<UidWeight> vector(List<ScoreRow> scores) {
    return scores.stream()
        .filter(score -> score.weightU16() > 0)
        .map(score -> new UidWeight(score.uid(), score.weightU16()))
        .distinct()
        .sorted(Comparator.comparingInt(UidWeight::uid))
        .toList();
  }

  private static SortedMap<Integer, String> hotkeys(List<ScoreRow> scores) {
    SortedMap<Integer, String> hotkeys = new TreeMap<>();
    scores.stream()
        .filter(score -> score.weightU16() > 0)
        .forEach(score -> hotkeys.put(score.uid(), score.hotkey()));
    return hotkeys;
  }

  private static EvaluationReport.Model model(
      VerdictRow verdict, Optional<ScoreRow> score, long sum) {
    int weight = score.map(ScoreRow::weightU16).orElse(0);
    return new EvaluationReport.Model(
        verdict.uid(),
        verdict.hotkey(),
        verdict.competition(),
        verdict.repository(),
        verdict.revision(),
        verdict.modelDigest(),
        verdict.verdict(),
        verdict.blame(),
        verdict.reason(),
        verdict.meanLoss(),
        score.map(ScoreRow::wins).orElse(0L),
        score.map(ScoreRow::matches).orElse(0L),
        score.map(ScoreRow::winRate).orElse(0.0),
        score.map(ScoreRow::stepWeight).orElse(0.0),
        score.map(ScoreRow::weight).orElse(0.0),
        WeightVector.share(weight, sum),
        weight);
  }
}
