package dev.assay.jobs.evaluate;

import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.progress.ProgressPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;

/**
 * Brings a model's evaluation and Spark together: which device, how to tell the driver, when to
 * stop. The hub's token comes from the executor's own environment, so that no task carries it.
 *
 * @param samples the window's, by competition
 * @param known what needs no computing, by competition
 * @param fingerprintSeed 64 hex digits where fingerprints are wanted, else empty
 */
record ModelWork(
    HubAccess hub,
    String cache,
    int threads,
    long limitSeconds,
    Map<String, Broadcast<EncodedSamples>> samples,
    Map<String, Broadcast<KnownLosses>> known,
    String fingerprintSeed)
    implements Work<ModelUnit, ModelFinding> {

  @Override
  public ModelFinding run(ModelUnit unit, TaskContext context) throws InterruptedException {
    ProgressPlugin.send(unit.run(), unit.index(), "started");
    String competition = unit.rules().competition();
    ModelEvaluation evaluation =
        new ModelEvaluation(
            hub.client(Optional.ofNullable(System.getenv("ASSAY_HUB_TOKEN"))),
            Path.of(cache),
            samples.get(competition).value(),
            known.get(competition).value(),
            threads,
            gpu(context),
            Duration.ofSeconds(limitSeconds),
            context::isInterrupted,
            partial -> ProgressPlugin.send(unit.run(), unit.index(), partial));
    int attempt = context.attemptNumber() + 1;
    String executor = org.apache.spark.SparkEnv.get().executorId();
    return fingerprintSeed.isEmpty()
        ? evaluation.evaluate(unit, attempt, executor)
        : evaluation.fingerprint(unit, HexFormat.of().parseHex(fingerprintSeed), attempt, executor);
  }

  /** The GPU that Spark has given to this task; −1 where it has none. */
  private static int gpu(TaskContext context) {
    ResourceInformation resource = context.resourcesJMap().get("gpu");
    return resource == null || resource.addresses().length == 0
        ? -1
        : Integer.parseInt(resource.addresses()[0]);
  }
}
