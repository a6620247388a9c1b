package dev.assay.report.bench;

import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.rules.Policy;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.UidWeight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tables and the latest bundle of a subnet that never was. The same seed and size give the same
 * rows.
 *
 * @param uids of which the first sixteenth are validators and all others have a model
 * @param evaluations at least 1
 * @param samples of each evaluation, at least 8
 */
public record MadeUpSubnet(long seed, int uids, int evaluations, int samples) {
  /** Blocks of a window, and between two evaluations. */
  public static final int WINDOW = 360;

  static final String COMPETITION = "c1";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SECONDS_A_BLOCK = 12;
  private static final long MILLISECONDS_A_MODEL = 9_000;

  /** The block that an evaluation judged; they are counted from 0. */
  long block(int evaluation) {
    return (evaluation + 10L) * WINDOW;
  }

  /** When the latest evaluation was finished. */
  public Instant finishedAt() {
    return finishedAt(evaluations - 1);
  }

  private Instant finishedAt(int evaluation) {
    return START.plusSeconds(block(evaluation) * SECONDS_A_BLOCK);
  }

  /** The latest evaluation's id. */
  public String latest() {
    return id(evaluations - 1);
  }

  private String id(int evaluation) {
    return "%016x".formatted(seed * 1_000_003 + evaluation).repeat(4);
  }

  /** The hotkey whose weights the tables have. */
  public String ours() {
    return hotkey(0);
  }

  String hotkey(int uid) {
    return "5MadeUp" + "%041d".formatted(uid);
  }

  int validators() {
    return Math.max(1, uids / 16);
  }

  /** Fills empty tables. */
  public void fill(Warehouse warehouse) {
    MadeUpModels models = new MadeUpModels(this);
    List<VerdictRow> verdicts = new ArrayList<>();
    List<ScoreRow> scores = new ArrayList<>();
    List<EvaluationRow> rows = new ArrayList<>();
    List<WeightRow> weights = new ArrayList<>();
    for (int evaluation = 0; evaluation < evaluations; evaluation++) {
      List<VerdictRow> judged = models.verdicts(id(evaluation), evaluation);
      List<ScoreRow> scored = models.scores(id(evaluation), evaluation);
      verdicts.addAll(judged);
      scores.addAll(scored);
      rows.add(evaluation(evaluation, judged));
      weights.add(weights(evaluation, scored));
    }
    warehouse.table(VerdictRow.TABLE).append(verdicts);
    warehouse.table(ScoreRow.TABLE).append(scores);
    warehouse.table(SampleRow.TABLE).append(models.samples());
    warehouse.table(WeightRow.TABLE).append(weights);
    warehouse.table(EvaluationRow.TABLE).append(rows);
  }

  /** Writes the latest evaluation's bundle. */
  public void write(BundleFolder folder) {
    MadeUpModels models = new MadeUpModels(this);
    ScoringInput input = models.input();
    SortedMap<String, List<SampleRow>> drawn = new TreeMap<>(Map.of(COMPETITION, models.samples()));
    folder.write(
        Bundle.of(
            Map.of("evaluation", latest()),
            input,
            models.result(),
            "{}",
            List.of(),
            models.verdicts(latest(), evaluations - 1),
            drawn,
            List.of(),
            List.of()));
  }

  private EvaluationRow evaluation(int evaluation, List<VerdictRow> verdicts) {
    int accepted = (int) verdicts.stream().filter(v -> v.verdict().equals("ACCEPTED")).count();
    return new EvaluationRow(
        id(evaluation),
        1,
        0,
        block(evaluation),
        "0x" + id(evaluation),
        block(evaluation) / WINDOW,
        "0x" + id(evaluation),
        Policy.ASSAY_1,
        evaluation == 0 ? Optional.empty() : Optional.of(id(evaluation - 1)),
        id(evaluation),
        samples,
        verdicts.size(),
        accepted,
        "{}",
        "{\"assay\":\"made up\",\"engine\":\"<b>bold</b>\"}",
        MILLISECONDS_A_MODEL * verdicts.size(),
        verdicts.stream().mapToLong(VerdictRow::bytes).sum(),
        finishedAt(evaluation).minusSeconds(60),
        finishedAt(evaluation),
        Optional.of("0x" + "0".repeat(64)));
  }

  private WeightRow weights(int evaluation, List<ScoreRow> scores) {
    List<UidWeight> vector =
        scores.stream()
            .filter(score -> score.weightU16() > 0)
            .map(score -> new UidWeight(score.uid(), score.weightU16()))
            .toList();
    return new WeightRow(
        1,
        0,
        ours(),
        block(evaluation) / WINDOW,
        "INCLUDED",
        1,
        id(evaluation),
        vector.stream().map(UidWeight::uid).toList(),
        vector.stream().map(UidWeight::weight).toList(),
        0,
        Optional.of("0x" + id(evaluation)),
        Optional.of(block(evaluation) + 40),
        Optional.of("0x" + id(evaluation)),
        0,
        "",
        finishedAt(evaluation).plusSeconds(24),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.of("0x" + "0".repeat(64)),
        Optional.empty());
  }
}
