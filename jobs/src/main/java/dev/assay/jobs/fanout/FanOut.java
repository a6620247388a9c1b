package dev.assay.jobs.fanout;

import dev.assay.jobs.NotReadyException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Runs units of work on executors: one Spark job each, of one task, a bounded number in flight. A
 * unit that kills its executor, throws or hangs takes no other with it.
 *
 * @param spark the application
 * @param inFlight jobs submitted at once, at least 1
 * @param attempts executors a unit may lose; {@code spark.task.maxFailures} must be above it
 * @param deadline of one unit from its submission: the last resort against one that hangs
 * @param gpusPerTask asked of Spark for each task; 0 asks for none
 */
public record FanOut(
    JavaSparkContext spark, int inFlight, int attempts, Duration deadline, double gpusPerTask) {

  /**
   * Runs all units and returns when each has its fate.
   *
   * @param run name of the run, the prefix of its job groups
   * @param describe a unit's line in Spark's own pages
   * @param done called on one of several threads as each unit ends; what it throws ends the run at
   *     once
   */
  public <U extends Serializable, R extends Serializable> void run(
      String run,
      List<U> units,
      Function<U, String> describe,
      Work<U, R> work,
      BiConsumer<U, Fate<R>> done)
      throws InterruptedException {
    ExecutorService submitters =
        Executors.newFixedThreadPool(Math.min(inFlight, Math.max(1, units.size())), named(run));
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(named(run + "-deadline"));
    try {
      CompletionService<Void> ending = new ExecutorCompletionService<>(submitters);
      for (int index = 0; index < units.size(); index++) {
        U unit = units.get(index);
        String group = run + "-" + index;
        ending.submit(
            () -> done.accept(unit, fate(group, describe.apply(unit), unit, work, clock)), null);
      }
      for (int ended = 0; ended < units.size(); ended++) {
        await(ending.take());
      }
    } catch (InterruptedException | RuntimeException stopped) {
      submitters.shutdownNow();
      cancel(run, units.size());
      throw stopped;
    } finally {
      submitters.shutdownNow();
      clock.shutdownNow();
    }
  }

  private void cancel(String run, int units) {
    try {
      for (int index = 0; index < units; index++) {
        spark.cancelJobGroup(run + "-" + index);
      }
    } catch (IllegalStateException ended) {
      // Spark has stopped, and with it everything that ran.
      return;
    }
  }

  private static void await(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof NotReadyException later) {
        throw later;
      }
      throw new IllegalStateException(
          "a unit's result could not be taken: " + failed.getCause().getMessage(),
          failed.getCause());
    }
  }

  private <U extends Serializable, R extends Serializable> Fate<R> fate(
      String group, String description, U unit, Work<U, R> work, ScheduledExecutorService clock) {
    ScheduledFuture<?> alarm =
        clock.schedule(
            () -> spark.cancelJobGroup(group), deadline.toMillis(), TimeUnit.MILLISECONDS);
    try {
      spark.setJobGroup(group, description, true);
      JavaRDD<U> rdd = spark.parallelize(List.of(unit), 1);
      if (gpusPerTask > 0) {
        rdd = rdd.withResources(gpuProfile());
      }
      List<R> result = rdd.map(new GuardedTask<>(work, attempts)).collect().get(0);
      return result.isEmpty() ? new Fate.Crashed<>(attempts) : new Fate.Returned<>(result.get(0));
    } catch (CancellationException cancelled) {
      return new Fate.TimedOut<>(deadline.toSeconds());
    } catch (Exception failed) {
      // Spark's exceptions are checked and undeclared, so no narrower clause compiles.
      if (spark.sc().isStopped()) {
        throw new IllegalStateException(
            "Spark was stopped before every model was judged; run again, it goes on from there",
            failed);
      }
      return alarm.isDone()
          ? new Fate.TimedOut<>(deadline.toSeconds())
          : new Fate.Failed<>(firstLine(failed));
    } finally {
      alarm.cancel(false);
    }
  }

  /** Only the fan-out asks for GPUs, so that nothing else of the application waits for one. */
  private ResourceProfile gpuProfile() {
    return new ResourceProfileBuilder()
        .require(new TaskResourceRequests().cpus(1).resource("gpu", gpusPerTask))
        .build();
  }

  private static String firstLine(Exception failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse(failed.toString());
  }

  private static ThreadFactory named(String name) {
    return runnable -> {
      Thread thread = new Thread(runnable, "assay-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
