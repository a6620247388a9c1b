package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.candidates.WindowSamples;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.EvidenceRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Registration;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.CompetitionSchedule;
import dev.assay.score.rules.StateKey;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.weights.CarryOver;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.Standing;
import dev.assay.score.weights.Standings;
import dev.assay.score.weights.WeightVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;

/** Hands an evaluation's judgements to scoring, and its result to the scores table. */
final class ScoreStage {
  private final CompetitionSchedule schedule;
  private final Warehouse warehouse;

  ScoreStage(CompetitionSchedule schedule, Warehouse warehouse) {
    this.schedule = schedule;
    this.warehouse = warehouse;
  }

  /**
   * What scoring is given.
   *
   * @param previous the last evaluation of an earlier window, whose scores and evidence are inputs
   */
  ScoringInput input(
      ChainReading input,
      List<Judgement> judgements,
      WindowSamples samples,
      Optional<EvaluationRow> previous) {
    List<Competition> open = schedule.at(input.block());
    List<Round> rounds = new ArrayList<>();
    for (Competition competition : open) {
      List<ModelResult> models =
          judgements.stream()
              .filter(judgement -> takesPart(judgement, competition))
              .map(Judgement::result)
              .toList();
      rounds.add(Round.of(competition, clusters(input, samples.of(competition)), models));
    }
    return new ScoringInput(
        input.block(),
        open.size(),
        rounds,
        standings(input, previous, open.get(0)),
        input.limits());
  }

  /** The registrations whose models stay from the last evaluation. */
  Set<Registration> kept(Optional<EvaluationRow> previous) {
    return previous.map(earlier -> of(earlier, ScoreRow.TABLE)).orElse(List.of()).stream()
        .filter(ScoreRow::kept)
        .map(row -> new Registration(row.uid(), row.hotkey(), row.registeredBlock()))
        .collect(Collectors.toSet());
  }

  /**
   * What each registered hotkey carries: its weight in this validator's previous vector, or where
   * there is none, what consensus pays it.
   */
  Map<String, Long> carried(ChainReading input, Optional<EvaluationRow> previous) {
    Set<Registration> registered = Set.copyOf(input.registered());
    Map<String, Long> carried = new HashMap<>();
    for (ScoreRow row :
        previous.map(earlier -> of(earlier, ScoreRow.TABLE)).orElse(List.<ScoreRow>of())) {
      if (registered.contains(new Registration(row.uid(), row.hotkey(), row.registeredBlock()))) {
        // A row for each competition names the one weight of the UID.
        carried.merge(row.hotkey(), (long) row.weightU16(), Math::max);
      }
    }
    boolean nothing = carried.values().stream().allMatch(weight -> weight == 0);
    return nothing ? input.paid() : carried;
  }

  /** Samples of one source are not independent of each other. */
  private static Samples clusters(ChainReading input, List<SampleRow> samples) {
    return new Samples(input.window().number(), samples.stream().map(SampleRow::source).toList());
  }

  private static boolean takesPart(Judgement judgement, Competition competition) {
    boolean isDue = judgement.fault().filter(fault -> fault.verdict() == Verdict.NOT_DUE).isEmpty();
    return isDue
        && judgement
            .candidate()
            .competition()
            .filter(own -> own.id().equals(competition.id()))
            .isPresent();
  }

  /**
   * The standings of the registered hotkeys. One that never had a weight stands with 0, because a
   * chain that wants a minimum of weights counts every hotkey.
   */
  private Standings standings(
      ChainReading input, Optional<EvaluationRow> previous, Competition first) {
    List<ScoreRow> rows = previous.map(row -> of(row, ScoreRow.TABLE)).orElse(List.of());
    List<Standing> standings = new ArrayList<>();
    for (Registration registration : input.registered()) {
      List<Standing> own =
          rows.stream()
              .filter(row -> row.standing().isPresent())
              .filter(row -> isOf(row, registration, first.policy().payment().stateKey()))
              .map(
                  row ->
                      new Standing(
                          registration, row.competition(), row.standing().get(), row.missed()))
              .toList();
      standings.addAll(own);
    }
    List<Evidence> evidence =
        previous.map(row -> of(row, EvidenceRow.TABLE)).orElse(List.of()).stream()
            .map(StoredEvidence::of)
            .toList();
    Standings left = new Standings(standings, evidence);
    Standings carried =
        previous.map(row -> CarryOver.of(schedule, left, row.block(), input.block())).orElse(left);
    return withNewcomers(carried, input.registered(), first);
  }

  private static Standings withNewcomers(
      Standings carried, List<Registration> registered, Competition first) {
    Set<Registration> known = new HashSet<>();
    carried.standings().forEach(standing -> known.add(standing.registration()));
    List<Standing> standings = new ArrayList<>(carried.standings());
    registered.stream()
        .filter(registration -> !known.contains(registration))
        .forEach(registration -> standings.add(new Standing(registration, first.id(), 0, 0)));
    return new Standings(standings, carried.evidence());
  }

  private <R extends Record> List<R> of(EvaluationRow evaluation, TableDefinition<R> table) {
    return warehouse.table(table).rows(Expressions.equal("evaluation", evaluation.evaluation()));
  }

  private static boolean isOf(ScoreRow row, Registration registration, StateKey key) {
    return key == StateKey.UID
        ? row.uid() == registration.uid()
        : registration.equals(new Registration(row.uid(), row.hotkey(), row.registeredBlock()));
  }

  /** One row per scored model or standing. */
  static List<ScoreRow> rows(String evaluation, ScoringResult result) {
    Map<List<Object>, Standing> standings = new HashMap<>();
    for (Standing standing : result.standings().standings()) {
      standings.put(List.of(standing.registration(), standing.competition()), standing);
    }
    Set<Registration> kept = new HashSet<>(result.kept());
    List<ScoreRow> rows = new ArrayList<>();
    for (ScoredModel model : result.models()) {
      Registration registration = model.entry().registration();
      Optional<Standing> standing =
          Optional.ofNullable(standings.remove(List.of(registration, model.competition())));
      rows.add(row(evaluation, model, standing, kept.contains(registration)));
    }
    for (Standing standing : standings.values()) {
      rows.add(row(evaluation, standing, result.vector(), kept));
    }
    return rows;
  }

  private static ScoreRow row(
      String evaluation, ScoredModel model, Optional<Standing> standing, boolean kept) {
    Entry entry = model.entry();
    return new ScoreRow(
        evaluation,
        entry.hotkey(),
        entry.uid(),
        entry.registrationBlock(),
        model.competition(),
        entry.digest(),
        model.outcome().verdict().name(),
        model.wins(),
        model.matches(),
        model.winRate(),
        model.stepWeight(),
        model.weight(),
        model.weightU16(),
        kept,
        standing.map(Standing::weight),
        standing.map(Standing::missed).orElse(0));
  }

  private static ScoreRow row(
      String evaluation, Standing standing, WeightVector vector, Set<Registration> kept) {
    Registration registration = standing.registration();
    return new ScoreRow(
        evaluation,
        registration.hotkey(),
        registration.uid(),
        registration.block(),
        standing.competition(),
        Optional.empty(),
        "NONE",
        0,
        0,
        0,
        0,
        standing.weight(),
        vector.of(registration.uid()),
        kept.contains(registration),
        Optional.of(standing.weight()),
        standing.missed());
  }
}
