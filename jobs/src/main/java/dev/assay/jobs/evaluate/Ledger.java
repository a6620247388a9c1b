package dev.assay.jobs.evaluate;

import dev.assay.jobs.fanout.Ending;
import dev.assay.jobs.judge.Cost;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.progress.Count;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attempts of a run, for the table; what a killed driver has not written is lost. */
final class Ledger {
  private final String run;
  private final Clock clock;
  private final List<AttemptRow> rows = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  Ledger(String run, Clock clock) {
    this.run = run;
    this.clock = clock;
  }

  synchronized void add(ModelUnit unit, Ending<ModelFinding> ending) {
    Optional<ModelFinding> finding = ending.value();
    Optional<Fault> fault = finding.flatMap(ModelFinding::fault);
    Cost cost = finding.map(ModelFinding::cost).orElse(Cost.NONE);
    AttemptRow row =
        new AttemptRow(
            run,
            unit.repository().toString(),
            unit.revision(),
            // As the table keeps it.
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            numbers.merge(unit.label(), 1, Integer::sum),
            said(ending.executor()),
            said(ending.host()),
            said(cost.device()),
            finding.map(found -> found.verdict().name()).orElse(ending.outcome()),
            fault.map(found -> found.blame().name()),
            fault.map(Fault::reason).orElse(ending.reason()),
            ending.queuedMs(),
            cost.downloadMs(),
            cost.loadMs(),
            cost.runMs(),
            ending.totalMs(),
            cost.bytes(),
            finding.stream()
                .flatMap(found -> found.losses().stream())
                .mapToLong(LossRow::tokens)
                .sum());
    rows.add(row);
    count(row);
  }

  private static void count(AttemptRow row) {
    Count.ATTEMPTS.add(1);
    switch (row.outcome()) {
      case "LOST" -> Count.ATTEMPTS_LOST.add(1);
      case "LATE" -> Count.ATTEMPTS_LATE.add(1);
      case "SILENT" -> Count.ATTEMPTS_SILENT.add(1);
      case "THREW" -> Count.ATTEMPTS_THREW.add(1);
      default -> {}
    }
    row.blame().ifPresent(blame -> Count.valueOf("ATTEMPTS_BLAME_" + blame).add(1));
    Count.QUEUED_MS.add(row.queuedMs());
    Count.DOWNLOAD_MS.add(row.downloadMs());
    Count.LOAD_MS.add(row.loadMs());
    Count.RUN_MS.add(row.runMs());
    if (row.device().filter(device -> !device.equals("cpu")).isPresent()) {
      Count.GPU_MS.add(row.loadMs() + row.runMs());
    }
    Count.BYTES.add(row.bytes());
    Count.TOKENS.add(row.tokens());
  }

  synchronized List<AttemptRow> rows() {
    return List.copyOf(rows);
  }

  private static Optional<String> said(String text) {
    return Optional.of(text).filter(word -> !word.isEmpty());
  }
}
