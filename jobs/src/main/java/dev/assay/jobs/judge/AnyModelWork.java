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
 * @param folders by the unit's index; empty where the model is on the hub
 */
public record AnyModelWork(
    HubAccess hub,
    NodeStore store,
    int threads,
    Duration limit,
    List<String> folders,
    Broadcast<Task> task)
    implements Work<ModelUnit, ModelFinding> {

  @Override
  public ModelFinding run(ModelUnit unit, TaskContext context) throws InterruptedException {
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
            Device.of(context, threads),
            new TimeLimit(System.nanoTime(), limit, context::isInterrupted),
            losses -> {});
    return judge.judge(unit, task.value(), JudgeWork.attempt(context), SparkEnv.get().executorId());
  }
}
