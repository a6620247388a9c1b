package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.work.Fault;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Registration;
import dev.assay.score.entry.Verdict;
import dev.assay.score.roster.Contender;
import dev.assay.score.roster.Past;
import dev.assay.score.roster.Roster;
import dev.assay.score.roster.RosterRules;
import dev.assay.score.roster.Seat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;

/** Leaves out, before anything is asked of the hub, what the window's roster has no place for. */
record RosterStage(RosterRules rules, Warehouse warehouse, Progress progress) {
  /** A commitment; the hotkey's next one is another. */
  private record Committed(Registration registration, long block) {}

  /**
   * What is remembered of a commitment.
   *
   * @param missed evaluations in a row that failed through no fault of the miner
   */
  private record Memory(Past past, int missed) {
    private static final Memory NONE = new Memory(Past.NONE, 0);
  }

  /**
   * The candidates, with {@link Verdict#NOT_DUE} against those that the window leaves out.
   *
   * @param previous the last evaluation of an earlier window
   */
  List<Candidate> due(
      ChainReading reading, List<Candidate> candidates, Optional<EvaluationRow> previous) {
    List<Candidate> able =
        candidates.stream().filter(candidate -> candidate.fault().isEmpty()).toList();
    if (able.size() <= rules.wholeUpTo()) {
      return candidates;
    }
    Map<Committed, Memory> memory = previous.map(this::memory).orElse(Map.of());
    List<Contender> contenders =
        able.stream().map(candidate -> contender(candidate, reading, memory)).toList();
    Roster roster = Roster.of(rules, reading.seed().bytes(), contenders);
    progress.stage(
        "roster",
        "%d of %d models: %s".formatted(roster.seats().size(), able.size(), counted(roster)));
    Fault notDue =
        Fault.of(
            Verdict.NOT_DUE,
            "not one of the %d of %d models that window %d evaluates; every window looks at one in"
                    .formatted(roster.seats().size(), able.size(), reading.window().number())
                + " %d of the rest again".formatted(rules.againEvery()));
    List<Candidate> due = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean left =
          candidate.fault().isEmpty() && !roster.has(registration(candidate.commitment()));
      due.add(left ? candidate.with(notDue) : candidate);
    }
    return due;
  }

  /** Hotkeys of the candidates that the roster leaves out. */
  static List<String> left(List<Candidate> candidates) {
    return candidates.stream()
        .filter(
            candidate ->
                candidate.fault().filter(fault -> fault.verdict() == Verdict.NOT_DUE).isPresent())
        .map(candidate -> candidate.commitment().hotkey())
        .toList();
  }

  private static Contender contender(
      Candidate candidate, ChainReading reading, Map<Committed, Memory> memories) {
    CommitmentRow commitment = candidate.commitment();
    Registration registration = registration(commitment);
    Memory memory =
        memories.getOrDefault(
            new Committed(registration, commitment.committedBlock()), Memory.NONE);
    int patience = candidate.competition().orElseThrow().policy().payment().patience();
    // What fails window after window would cost every window its attempts.
    boolean tired = patience > 0 && memory.missed() > patience;
    return new Contender(
        registration,
        commitment.committedBlock(),
        candidate.model().map(model -> model.repository() + "@" + model.revision()).orElseThrow(),
        reading.paid().getOrDefault(commitment.hotkey(), 0L),
        tired && memory.past() == Past.EXCUSED ? Past.SETTLED : memory.past());
  }

  private static Registration registration(CommitmentRow row) {
    return new Registration(row.uid(), row.hotkey(), row.registeredBlock());
  }

  private Map<Committed, Memory> memory(EvaluationRow previous) {
    Map<Registration, ScoreRow> scores = new HashMap<>();
    for (ScoreRow row :
        warehouse
            .table(ScoreRow.TABLE)
            .rows(Expressions.equal("evaluation", previous.evaluation()))) {
      Registration registration = new Registration(row.uid(), row.hotkey(), row.registeredBlock());
      scores.merge(registration, row, (one, other) -> one.kept() ? one : other);
    }
    Map<Committed, Memory> memory = new HashMap<>();
    for (VerdictRow row :
        warehouse
            .table(VerdictRow.TABLE)
            .rows(Expressions.equal("evaluation", previous.evaluation()))) {
      Registration registration = new Registration(row.uid(), row.hotkey(), row.registeredBlock());
      Optional<ScoreRow> score = Optional.ofNullable(scores.get(registration));
      memory.put(
          new Committed(registration, row.committedBlock()),
          new Memory(
              past(
                  Verdict.valueOf(row.verdict()),
                  row.blame(),
                  score.filter(ScoreRow::kept).isPresent()),
              score.map(ScoreRow::missed).orElse(0)));
    }
    return memory;
  }

  private static Past past(Verdict verdict, Optional<String> blame, boolean kept) {
    return switch (verdict) {
      // What could not be judged then may be judged for the first time now.
      case PENDING, UNKNOWN_COMPETITION -> Past.NONE;
      case NOT_DUE -> Past.SETTLED;
      default -> {
        boolean excused = blame.filter(whose -> !whose.equals(Blame.MINER.name())).isPresent();
        yield excused ? Past.EXCUSED : kept ? Past.KEPT : Past.SETTLED;
      }
    };
  }

  private static String counted(Roster roster) {
    return Arrays.stream(Seat.values())
        .filter(seat -> roster.count(seat) > 0)
        .map(seat -> roster.count(seat) + " " + seat.text())
        .collect(Collectors.joining(", "));
  }
}
