package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.judge.ToldLosses;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.progress.ProgressMessage;
import dev.assay.jobs.work.ModelUnit;
import java.util.HashMap;
import java.util.Map;

/** Passes what running tasks report to the table and to observers. */
final class LossListener {
  private final Workload work;
  private final Map<String, Task.Losses> tasks;
  private final Progress progress;
  private final LossWriter writer;
  private final Map<Integer, Integer> done = new HashMap<>();

  /**
   * @param tasks by competition
   */
  LossListener(
      Workload work, Map<String, Task.Losses> tasks, Progress progress, LossWriter writer) {
    this.work = work;
    this.tasks = tasks;
    this.progress = progress;
    this.writer = writer;
  }

  synchronized void take(ProgressMessage message) {
    ModelUnit unit = work.units().get(message.unit());
    int samples = tasks.get(unit.rules().competition()).samples().count();
    String label = work.members().get(unit.index()).get(0).label();
    if (message.body() instanceof ToldLosses told) {
      writer.add(told.losses());
      int count = done.merge(unit.index(), told.losses().size(), Integer::sum);
      progress.model(label, count, samples, told.tokensPerSecond());
    } else {
      done.put(unit.index(), 0);
      progress.model(label, 0, samples, 0);
    }
  }
}
