package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.HubListing;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.judge.KnownLosses;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.score.sampling.Window;
import dev.assay.score.statistics.Pursuit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes an evaluation's losses in passes: first the models that are whole; then those that may
 * be stopped, each as far as it could overtake; then, to the end, those whose stop has turned out
 * unfounded. Where no policy stops models, the first pass is the only one. Every pass follows from
 * the losses of those before it, and so a run that was killed goes through the same ones again.
 */
final class LossPasses {
  private final String run;
  private final Fleet fleet;
  private final Warehouse warehouse;
  private final Window window;
  private final Progress progress;
  private final Workload work;
  private final Map<String, EncodedSamples> encoded;
  private final Map<Integer, Fate<ModelFinding>> fates;
  private final Map<Integer, Pursuit> pursuits = new HashMap<>();
  private WindowLosses losses;

  /**
   * @param run the evaluation's id
   * @param window whose losses are known
   * @param encoded the samples, by competition
   * @param settled fates of units that need no losses, by index
   * @param losses of the window, as they are known now
   */
  LossPasses(
      String run,
      Fleet fleet,
      Warehouse warehouse,
      Window window,
      Progress progress,
      Workload work,
      Map<String, EncodedSamples> encoded,
      Map<Integer, Fate<ModelFinding>> settled,
      WindowLosses losses) {
    this.run = run;
    this.fleet = fleet;
    this.warehouse = warehouse;
    this.window = window;
    this.progress = progress;
    this.work = work;
    this.encoded = encoded;
    this.fates = new HashMap<>(settled);
    this.losses = losses;
  }

  /** The losses of the window, as the last pass has left them. */
  WindowLosses losses() {
    return losses;
  }

  /** Judges every unit that is not settled; one judgement a candidate, in their order. */
  List<Judgement> judge(List<HubListing.Listed> listed, Stopping stopping)
      throws InterruptedException {
    List<ModelUnit> left =
        work.units().stream().filter(unit -> !fates.containsKey(unit.index())).toList();
    List<ModelUnit> challengers = stopping.challengers(work, left);
    pass("", left.stream().filter(unit -> !challengers.contains(unit)).toList());
    if (challengers.isEmpty()) {
      return judgements(listed);
    }
    pursuits.putAll(stopping.pursuits(work, challengers, judgements(listed)));
    progress.stage(
        "challengers",
        "%d of %d models, %d of them only as far as they could overtake"
            .formatted(challengers.size(), left.size(), pursuits.size()));
    pass("-challengers", challengers);
    for (int again = 1; ; again++) {
      List<ModelUnit> unfounded = stopping.unfounded(work, pursuits.keySet(), judgements(listed));
      if (unfounded.isEmpty()) {
        return judgements(listed);
      }
      progress.stage(
          "unfounded",
          "%d models to the end, since what stopped them lost its place"
              .formatted(unfounded.size()));
      unfounded.forEach(unit -> pursuits.remove(unit.index()));
      pass("-whole-" + again, unfounded);
    }
  }

  private List<Judgement> judgements(List<HubListing.Listed> listed) {
    return new Judgements(work, fates, encoded, losses, pursuits).of(listed);
  }

  private void pass(String name, List<ModelUnit> units) throws InterruptedException {
    fleet
        .losses(run, name, work, units, tasks())
        .forEach((index, fate) -> fates.merge(index, fate, LossPasses::together));
    losses = WindowLosses.read(warehouse, window);
  }

  private static Fate<ModelFinding> together(Fate<ModelFinding> first, Fate<ModelFinding> second) {
    return first instanceof Fate.Returned<ModelFinding> before
            && second instanceof Fate.Returned<ModelFinding> now
        ? new Fate.Returned<>(now.value().after(before.value()))
        : second;
  }

  private Map<String, Task.Losses> tasks() {
    Map<String, Task.Losses> tasks = new HashMap<>();
    encoded.forEach(
        (competition, samples) ->
            tasks.put(
                competition,
                new Task.Losses(samples, KnownLosses.of(losses.rows(), samples), pursuits)));
    return tasks;
  }
}
