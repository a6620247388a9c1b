package dev.assay.jobs.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/**
 * The executors as they come and go. Asked anew each time, so that one that registers late, or that
 * dynamic allocation brings, is counted from its first moment.
 *
 * @param gpusPerTask of a task; 0 where tasks need no GPU
 * @param nodeOf which node an executor's failures are counted for, by its id and host
 * @param admits which of them may be given units
 */
public record Cluster(
    SparkContext spark, double gpusPerTask, NodeOf nodeOf, Predicate<Executor> admits) {
  /** Names an executor's node. */
  public interface NodeOf {
    String name(String executor, String host);
  }

  /** All executors; nodes are hosts. */
  public static Cluster of(SparkContext spark, double gpusPerTask) {
    return new Cluster(spark, gpusPerTask, (executor, host) -> host, executor -> true);
  }

  /** Without those that are not admitted. */
  public Cluster admitting(Predicate<Executor> only) {
    return new Cluster(spark, gpusPerTask, nodeOf, only);
  }

  /** The live executors that may be given units. */
  public List<Executor> executors() {
    return live().stream().filter(admits).toList();
  }

  private List<Executor> live() {
    List<Executor> live = new ArrayList<>();
    if (spark.isStopped()) {
      return live;
    }
    for (ExecutorSummary summary :
        JavaConverters.seqAsJavaList(spark.statusStore().executorList(true))) {
      // On local[N] the driver is the executor.
      if (!summary.id().equals("driver") || spark.isLocal()) {
        String host = summary.hostPort().replaceFirst(":\\d+$", "");
        live.add(new Executor(summary.id(), host, nodeOf.name(summary.id(), host), slots(summary)));
      }
    }
    return live;
  }

  private int slots(ExecutorSummary summary) {
    if (gpusPerTask <= 0) {
      return summary.maxTasks();
    }
    ResourceInformation gpus = JavaConverters.mapAsJavaMap(summary.resources()).get("gpu");
    int count = gpus == null ? 0 : gpus.addresses().length;
    double each = gpusPerTask < 1 ? Math.floor(1 / gpusPerTask) * count : count / gpusPerTask;
    return Math.min(summary.maxTasks(), (int) each);
  }

  /** Tasks that run at once on all of them; at least 1. */
  public int slots() {
    return Math.max(1, executors().stream().mapToInt(Executor::slots).sum());
  }

  /**
   * Jobs worth submitting at once: one a slot, so that what waits can still go to another node. On
   * one node there is no other, and a second job a slot hides the way through the driver.
   */
  public int inFlight() {
    long nodes = executors().stream().map(Executor::node).distinct().count();
    return nodes > 1 ? slots() : 2 * slots();
  }
}
