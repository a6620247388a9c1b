package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.contest.Stops;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.Registration;
import dev.assay.score.entry.Verdict;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.statistics.Pursuit;
import dev.assay.score.weights.ScoringInput;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Which models are judged only as far as they could overtake, and what their losses end by: what
 * scoring will look for.
 *
 * @param kept registrations whose models stay from the last evaluation
 * @param input of scoring, from judgements
 */
record Stopping(Set<Registration> kept, Function<List<Judgement>, ScoringInput> input) {

  /**
   * The units that may be stopped: those of a policy that stops models, but for the models that
   * stay and the earliest of each competition, which the others are stopped against.
   */
  List<ModelUnit> challengers(Workload work, List<ModelUnit> units) {
    Map<String, Entry> earliest = new HashMap<>();
    for (ModelUnit unit : units) {
      earliest.merge(
          unit.rules().competition(),
          entry(work, unit),
          BinaryOperator.minBy(EntryOrder.EARLIEST_FIRST));
    }
    return units.stream()
        .filter(unit -> isStoppable(members(work, unit).get(0)))
        .filter(unit -> !earliest.containsValue(entry(work, unit)))
        .filter(unit -> members(work, unit).stream().noneMatch(this::stays))
        .toList();
  }

  private static boolean isStoppable(Candidate candidate) {
    return candidate.competition().orElseThrow().policy().ranking().earlyStop().isPresent();
  }

  private boolean stays(Candidate candidate) {
    return kept.contains(candidate.entry(Optional.empty()).registration());
  }

  /**
   * What the losses of challengers end by, by unit; nothing for one that has nobody before it.
   *
   * @param judgements of all candidates, those of the challengers still to come
   */
  Map<Integer, Pursuit> pursuits(
      Workload work, List<ModelUnit> challengers, List<Judgement> judgements) {
    ScoringInput given = input.apply(judgements);
    Map<Integer, Pursuit> pursuits = new HashMap<>();
    for (Round round : stopping(given)) {
      List<Evidence> evidence = given.previous().evidence();
      Stops stops = new Stops(RoundScore.of(round, evidence, given.block()), evidence);
      // One for each model that others are stopped against, since all of them travel.
      Map<Entry, Pursuit> ahead = new HashMap<>();
      for (ModelUnit unit : challengers) {
        if (unit.rules().competition().equals(round.competition())) {
          stops
              .against(entry(work, unit))
              .map(found -> ahead.computeIfAbsent(found.ahead(), any -> found.pursuit()))
              .ifPresent(pursuit -> pursuits.put(unit.index(), pursuit));
        }
      }
    }
    return pursuits;
  }

  /**
   * Units that were stopped and have to be judged to the end, since scoring finds nobody any more
   * who stops them there.
   *
   * @param stopped those that were judged up to a stop, or could have been
   */
  List<ModelUnit> unfounded(Workload work, Set<Integer> stopped, List<Judgement> judgements) {
    Set<String> unfounded = new HashSet<>();
    ScoringInput given = input.apply(judgements);
    for (Round round : stopping(given)) {
      RoundScore.of(round, given.previous().evidence(), given.block()).models().stream()
          .filter(model -> model.outcome().verdict() == Verdict.PENDING)
          .forEach(model -> unfounded.add(model.entry().hotkey()));
    }
    judgements.stream()
        .filter(judgement -> judgement.fault().isPresent())
        .forEach(failed -> unfounded.remove(failed.candidate().commitment().hotkey()));
    return work.units().stream()
        .filter(unit -> stopped.contains(unit.index()))
        .filter(
            unit ->
                members(work, unit).stream()
                    .anyMatch(member -> unfounded.contains(member.commitment().hotkey())))
        .toList();
  }

  private static List<Round> stopping(ScoringInput given) {
    return given.rounds().stream()
        .filter(round -> round.policy().ranking().earlyStop().isPresent())
        .toList();
  }

  private static List<Candidate> members(Workload work, ModelUnit unit) {
    return work.members().get(unit.index());
  }

  /** Of those who committed to a unit's content, the first; copies of it have no say. */
  private static Entry entry(Workload work, ModelUnit unit) {
    return members(work, unit).stream()
        .map(member -> member.entry(Optional.empty()))
        .min(EntryOrder.EARLIEST_FIRST)
        .orElseThrow();
  }
}
