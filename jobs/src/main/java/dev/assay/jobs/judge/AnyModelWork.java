package dev.assay.jobs.judge;

import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CheckpointSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    String cache,
    int threads,
    Duration limit,
    List<String> folders,
    Broadcast<Task> task)
    implements Work<ModelUnit, ModelFinding> {

  @Override
  public ModelFinding run(ModelUnit unit, TaskContext context) throws InterruptedException {
    Path node = Path.of(cache);
    String folder = folders.get(unit.index());
    CheckpointSource source =
        folder.isEmpty()
            ? CheckpointSource.hub(hub.ownClient(), node)
            : CheckpointSource.folder(Path.of(folder));
    Judge judge =
        new Judge(
            source,
            node,
            new Device(JudgeWork.gpu(context), threads),
            new TimeLimit(System.nanoTime(), limit, context::isInterrupted),
            losses -> {});
    return judge.judge(unit, task.value(), JudgeWork.attempt(context), SparkEnv.get().executorId());
  }
}
