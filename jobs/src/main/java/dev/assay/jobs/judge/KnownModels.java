package dev.assay.jobs.judge;

import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.KnownCheckpoints;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.loss.LossModel;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What needs no executor and no download, because earlier evaluations have found it out. */
public record KnownModels(KnownCheckpoints checkpoints) {
  /**
   * The fates of units whose losses are known as far as they are looked at, or that have failed
   * checks which never change, by index.
   *
   * @param tasks by competition
   * @param machine whose losses will do
   */
  public Map<Integer, Fate<ModelFinding>> losses(
      List<ModelUnit> units, Map<String, Task.Losses> tasks, String machine) {
    Map<Integer, Fate<ModelFinding>> fates = new HashMap<>();
    for (ModelUnit unit : units) {
      Task.Losses task = tasks.get(unit.rules().competition());
      checked(unit, task)
          .flatMap(row -> finding(unit, row, task, machine))
          .ifPresent(finding -> fates.put(unit.index(), new Fate.Returned<>(finding)));
    }
    return fates;
  }

  /**
   * The fates of units that have failed checks which never change, by index.
   *
   * @param tasks by competition
   */
  public Map<Integer, Fate<ModelFinding>> refused(List<ModelUnit> units, Map<String, Task> tasks) {
    Map<Integer, Fate<ModelFinding>> fates = new HashMap<>();
    for (ModelUnit unit : units) {
      checked(unit, tasks.get(unit.rules().competition()))
          .filter(row -> fault(row).isPresent())
          .map(row -> ModelFinding.remembered(row, fault(row), "", List.of()))
          .ifPresent(finding -> fates.put(unit.index(), new Fate.Returned<>(finding)));
    }
    return fates;
  }

  private Optional<ModelFinding> finding(
      ModelUnit unit, CheckpointRow row, Task.Losses task, String machine) {
    return fault(row).isPresent()
        ? Optional.of(ModelFinding.remembered(row, fault(row), "", List.of()))
        : task.known()
            .complete(
                row.modelDigest(),
                task.samples().count(),
                task.pursuit(unit),
                kernel -> LossModel.machine(kernel).filter(machine::equals).isPresent())
            .map(kernel -> ModelFinding.remembered(row, Optional.empty(), kernel, List.of()));
  }

  /**
   * The fates of units whose weights were projected by the same seed before, or that have failed
   * checks which never change, by index.
   *
   * @param tasks by competition
   * @param rows of the seed
   */
  public Map<Integer, Fate<ModelFinding>> fingerprints(
      List<ModelUnit> units, Map<String, Task> tasks, List<FingerprintRow> rows) {
    Map<String, List<Double>> values = new HashMap<>();
    rows.forEach(row -> values.put(row.modelDigest(), row.values()));
    Map<Integer, Fate<ModelFinding>> fates = new HashMap<>();
    for (ModelUnit unit : units) {
      Optional<CheckpointRow> row = checked(unit, tasks.get(unit.rules().competition()));
      Optional<List<Double>> own = row.map(CheckpointRow::modelDigest).map(values::get);
      Optional<Fault> fault = row.flatMap(KnownModels::fault);
      if (own.isPresent() || fault.isPresent()) {
        fates.put(
            unit.index(),
            new Fate.Returned<>(
                ModelFinding.remembered(row.orElseThrow(), fault, "", own.orElse(List.of()))));
      }
    }
    return fates;
  }

  /** The unit, with the mark that spares it a second reading of all its weights. */
  public ModelUnit marked(ModelUnit unit, Task task) {
    return checked(unit, task).filter(row -> fault(row).isEmpty()).isPresent()
        ? unit.inspected()
        : unit;
  }

  private Optional<CheckpointRow> checked(ModelUnit unit, Task task) {
    return checkpoints.checked(unit, new GateStage(task.samples()).name(unit.rules()));
  }

  private static Optional<Fault> fault(CheckpointRow row) {
    Verdict verdict = Verdict.valueOf(row.verdict());
    return verdict == Verdict.ACCEPTED
        ? Optional.empty()
        : Optional.of(Fault.of(verdict, row.reason().orElse("")));
  }

  /**
   * What the fates of units say about their content for good.
   *
   * @param tasks by competition
   */
  public static List<CheckpointRow> rows(
      List<ModelUnit> units, Map<Integer, Fate<ModelFinding>> fates, Map<String, Task> tasks) {
    List<CheckpointRow> rows = new ArrayList<>();
    for (ModelUnit unit : units) {
      if (fates.get(unit.index()) instanceof Fate.Returned<ModelFinding> returned) {
        ModelFinding finding = returned.value();
        boolean fails =
            finding.gate() == GateAnswer.FAILS
                && finding.fault().filter(fault -> fault.blame() == Blame.MINER).isPresent();
        if (fails || finding.gate() == GateAnswer.PASSES) {
          String gate =
              new GateStage(tasks.get(unit.rules().competition()).samples()).name(unit.rules());
          rows.add(row(unit, gate, finding, fails));
        }
      }
    }
    return rows;
  }

  private static CheckpointRow row(
      ModelUnit unit, String gate, ModelFinding finding, boolean fails) {
    return new CheckpointRow(
        unit.repository().toString(),
        unit.revision(),
        gate,
        unit.listing(),
        finding.directoryHash(),
        finding.digest(),
        unit.bytes(),
        fails ? finding.verdict().name() : Verdict.ACCEPTED.name(),
        fails ? Optional.of(finding.reason()) : Optional.empty());
  }
}
