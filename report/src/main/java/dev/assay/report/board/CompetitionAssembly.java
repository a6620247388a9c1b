package dev.assay.report.board;

import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.contest.Round;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.Advantage;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.Interval;
import dev.assay.score.weights.WeightVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts one competition's board together. */
final class CompetitionAssembly {
  private final String id;
  private final EvaluationRow latest;
  private final TableRows rows;
  private final Optional<BundleEvidence> evidence;
  private final Optional<LossFigures> figures;
  private final Optional<Policy> policy;
  private final Map<Integer, Double> weightsNow;
  private final Histories histories;

  private CompetitionAssembly(
      String id,
      EvaluationRow latest,
      TableRows rows,
      Optional<BundleEvidence> evidence,
      Map<Integer, Double> weightsNow) {
    this.id = id;
    this.latest = latest;
    this.rows = rows;
    this.evidence = evidence;
    Optional<Round> round = evidence.flatMap(e -> e.round(id));
    this.figures =
        round.map(
            each ->
                new LossFigures(
                    each,
                    latest.block(),
                    evidence.orElseThrow().samples().getOrDefault(id, List.of())));
    this.policy = round.map(Round::policy);
    this.weightsNow = weightsNow;
    this.histories = new Histories(id, rows, policy);
  }

  /** The board of one competition; the empty id is of commitments that belong to none. */
  static CompetitionBoard of(
      String id,
      EvaluationRow latest,
      TableRows rows,
      Optional<BundleEvidence> evidence,
      Map<Integer, Double> weightsNow) {
    return new CompetitionAssembly(id, latest, rows, evidence, weightsNow).board();
  }

  /** A model's rows in the latest evaluation. */
  private record Standing(VerdictRow verdict, Optional<ScoreRow> score, double weight) {
    double winRate() {
      return score.map(ScoreRow::winRate).orElse(0.0);
    }

    double loss() {
      return verdict.meanLoss().orElse(Double.MAX_VALUE);
    }
  }

  private CompetitionBoard board() {
    List<Standing> ranked = ranked();
    Optional<ModelResult> leader =
        ranked.stream()
            .filter(each -> each.verdict().verdict().equals("ACCEPTED"))
            .findFirst()
            .flatMap(each -> figures.flatMap(f -> f.result(each.verdict().hotkey())));
    List<ModelLine> lines = new ArrayList<>();
    for (Standing standing : ranked) {
      lines.add(line(standing, lines.size() + 1, leader));
    }
    return new CompetitionBoard(
        id,
        policy.map(Policy::name),
        lines,
        histories.bestLosses(),
        evidence.map(e -> PairWins.of(id, e, lines)).orElse(List.of()),
        figures.map(LossFigures::samples).orElse(List.of()),
        figures.map(f -> f.byLength(leader)).orElse(List.of()),
        figures.map(f -> f.bySource(leader)).orElse(List.of()),
        figures.map(LossFigures::copies).orElse(List.of()),
        histories.weights());
  }

  private List<Standing> ranked() {
    Map<String, ScoreRow> scores = new HashMap<>();
    List<ScoreRow> all = rows.scoresOf(latest.evaluation());
    all.stream()
        .filter(score -> score.competition().equals(id))
        .forEach(score -> scores.put(score.hotkey(), score));
    long sum = all.stream().mapToLong(ScoreRow::weightU16).sum();
    return rows.verdictsOf(latest.evaluation()).stream()
        .filter(verdict -> verdict.competition().orElse("").equals(id))
        .map(
            verdict -> {
              Optional<ScoreRow> score = Optional.ofNullable(scores.get(verdict.hotkey()));
              int weight = score.map(ScoreRow::weightU16).orElse(0);
              return new Standing(verdict, score, WeightVector.share(weight, sum));
            })
        .sorted(
            Comparator.comparingDouble(Standing::weight)
                .thenComparingDouble(Standing::winRate)
                .reversed()
                .thenComparingDouble(Standing::loss)
                .thenComparingInt(each -> each.verdict().uid()))
        .toList();
  }

  private ModelLine line(Standing standing, int rank, Optional<ModelResult> leader) {
    VerdictRow verdict = standing.verdict();
    long since = Math.max(verdict.committedBlock(), verdict.registeredBlock());
    Optional<Advantage> advantage = policy.map(Policy::advantage);
    Optional<ModelResult> result = figures.flatMap(f -> f.result(verdict.hotkey()));
    List<ModelLine.Point> history = histories.of(verdict.hotkey());
    return new ModelLine(
        rank,
        verdict.uid(),
        verdict.hotkey(),
        verdict.repository(),
        verdict.revision(),
        verdict.modelDigest(),
        verdict.committedBlock(),
        Math.max(0, latest.block() - verdict.committedBlock()),
        verdict.verdict(),
        verdict.blame(),
        verdict.reason(),
        result.flatMap(each -> figures.orElseThrow().mean(each)).or(() -> bare(verdict)),
        result.flatMap(each -> leader.flatMap(first -> figures.orElseThrow().behind(each, first))),
        advantage.map(each -> each.epsilon(since, latest.block())),
        advantage.filter(each -> each.decayBlocks() > 0).map(each -> since + each.decayBlocks()),
        standing.winRate(),
        standing.score().map(ScoreRow::wins).orElse(0L),
        standing.score().map(ScoreRow::matches).orElse(0L),
        weightsNow.getOrDefault(verdict.uid(), 0.0),
        standing.weight(),
        verdict.samples(),
        (int) history.stream().filter(point -> point.loss().isPresent()).count(),
        cost(verdict),
        result.map(LossFigures::losses).orElse(List.of()),
        evidence.map(e -> e.why().getOrDefault(key(verdict), List.of())).orElse(List.of()),
        history);
  }

  private List<String> key(VerdictRow verdict) {
    return List.of(id, verdict.hotkey());
  }

  /** Without a bundle there is a mean, but nothing to draw bounds from. */
  private static Optional<Interval> bare(VerdictRow verdict) {
    return verdict
        .meanLoss()
        .map(mean -> new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  private static ModelLine.Cost cost(VerdictRow verdict) {
    return new ModelLine.Cost(
        verdict.bytes(),
        verdict.downloadMs(),
        verdict.loadMs(),
        verdict.runMs(),
        verdict.computed(),
        verdict.tokens(),
        verdict.attempt(),
        verdict.device());
  }
}
