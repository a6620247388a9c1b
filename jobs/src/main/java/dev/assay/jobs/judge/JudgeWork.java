package dev.assay.jobs.judge;

import dev.assay.jobs.fanout.FanOut;
import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CheckpointSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;

/**
 * Connects the judging of a model with Spark: which device, how to report to the driver, when to
 * stop. The hub's token comes from the executor's own environment, so that no task carries it.
 *
 * @param tasks by competition
 */
public record JudgeWork(
    HubAccess hub, String cache, int threads, Duration limit, Map<String, Broadcast<Task>> tasks)
    implements Work<ModelUnit, ModelFinding> {

  @Override
  public ModelFinding run(ModelUnit unit, TaskContext context) throws InterruptedException {
    ProgressPlugin.send(unit.run(), unit.index(), "started");
    Path folder = Path.of(cache);
    Judge judge =
        new Judge(
            CheckpointSource.hub(hub.ownClient(), folder),
            folder,
            new Device(gpu(context), threads),
            new TimeLimit(System.nanoTime(), limit, context::isInterrupted),
            losses -> ProgressPlugin.send(unit.run(), unit.index(), losses));
    return judge.judge(
        unit,
        tasks.get(unit.rules().competition()).value(),
        attempt(context),
        SparkEnv.get().executorId());
  }

  static int attempt(TaskContext context) {
    String attempt = context.getLocalProperty(FanOut.ATTEMPT);
    return attempt == null ? 1 : Integer.parseInt(attempt);
  }

  /** The GPU that Spark has given to this task. */
  static OptionalInt gpu(TaskContext context) {
    ResourceInformation resource = context.resourcesJMap().get("gpu");
    return resource == null || resource.addresses().length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(resource.addresses()[0]));
  }
}
