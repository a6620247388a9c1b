package dev.assay.jobs.judge;

import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.nodes.Device;
import dev.assay.jobs.nodes.NodeStore;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CheckpointSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Judges models that nobody has committed: folders, which every executor sees at the same path, and
 * revisions of the hub.
 *
 * @param machine whose losses are wanted, as kernels' names end; an executor of another declines
 * @param folders by the unit's index; empty where the model is on the hub
 */
public record AnyModelWork(
    HubAccess hub,
    NodeStore store,
    int threads,
    Duration limit,
    String machine,
    List<String> folders,
    Broadcast<Task> task)
    implements Work<ModelUnit, ModelFinding> {

  @Override
  public ModelFinding run(ModelUnit unit, TaskContext context) throws InterruptedException {
    Device device = Device.of(context, threads);
    int attempt = JudgeWork.attempt(context);
    String executor = SparkEnv.get().executorId();
    Optional<ModelFinding> unfit = JudgeWork.unfit(device, task.value(), store, attempt, executor);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    if (!device.machine().equals(machine)) {
      return null;
    }
    String folder = folders.get(unit.index());
    boolean onHub = folder.isEmpty();
    CheckpointSource source =
        onHub
            ? CheckpointSource.hub(hub.ownClient(), store.path())
            : CheckpointSource.folder(Path.of(folder));
    Judge judge =
        new Judge(
            source,
            store.path(),
            onHub ? Optional.of(store) : Optional.empty(),
            () -> {},
            device,
            new TimeLimit(System.nanoTime(), limit, context::isInterrupted),
            losses -> {});
    return judge.judge(unit, task.value(), attempt, executor);
  }
}
