package dev.assay.jobs.judge;

import dev.assay.jobs.fanout.FanOut;
import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.nodes.Device;
import dev.assay.jobs.nodes.NodeStore;
import dev.assay.jobs.nodes.Proof;
import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CheckpointSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Connects the judging of a model with Spark: which device, how to report to the driver, when to
 * stop. The hub's token comes from the executor's own environment, so that no task carries it.
 *
 * @param machine whose losses are wanted, as kernels' names end; an executor of another declines
 * @param tasks by competition
 */
public record JudgeWork(
    HubAccess hub,
    NodeStore store,
    int threads,
    Duration limit,
    String machine,
    Map<String, Broadcast<Task>> tasks)
    implements Work<ModelUnit, ModelFinding> {

  @Override
  public ModelFinding run(ModelUnit unit, TaskContext context) throws InterruptedException {
    return run(unit, List.of(), context);
  }

  @Override
  public ModelFinding run(ModelUnit unit, List<ModelUnit> following, TaskContext context)
      throws InterruptedException {
    Task task = tasks.get(unit.rules().competition()).value();
    Device device = Device.of(context, threads);
    int attempt = attempt(context);
    String executor = SparkEnv.get().executorId();
    if (task instanceof Task.Losses) {
      Optional<ModelFinding> unfit = unfit(device, task, store, attempt, executor);
      if (unfit.isPresent()) {
        return unfit.get();
      }
      if (!device.machine().equals(machine)) {
        return null;
      }
    }
    ProgressPlugin.send(unit.run(), unit.index(), "started");
    CheckpointSource source = CheckpointSource.hub(hub.ownClient(), store.path());
    Judge judge =
        new Judge(
            source,
            store.path(),
            Optional.of(store),
            () -> following.forEach(next -> Arrivals.expect(next, source, store, limit)),
            device,
            new TimeLimit(System.nanoTime(), limit, context::isInterrupted),
            losses -> ProgressPlugin.send(unit.run(), unit.index(), losses));
    return judge.judge(unit, task, attempt, executor);
  }

  /** What a device is found to be that does not compute right. */
  static Optional<ModelFinding> unfit(
      Device device, Task task, NodeStore store, int attempt, String executor) {
    Optional<Fault> fault = Proof.fault(device, task.samples().precision(), store);
    return fault.isPresent()
        ? Optional.of(new Dossier().finding(fault, attempt, executor, device))
        : Optional.empty();
  }

  static int attempt(TaskContext context) {
    String attempt = context.getLocalProperty(FanOut.ATTEMPT);
    return attempt == null ? 1 : Integer.parseInt(attempt);
  }
}
