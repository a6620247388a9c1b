package dev.assay.jobs.fanout;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.placement.Dispatch;
import dev.assay.jobs.placement.Placement;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * Runs units of work on executors: one Spark job each, of one task, a bounded number in flight. A
 * unit that kills its executor, throws or hangs takes no other with it.
 *
 * @param spark the application; its {@code spark.task.maxFailures} is 1, since the driver retries
 * @param cluster its executors
 * @param inFlight jobs submitted at once, shared among nodes by their slots; asked anew as time
 *     passes; at least 1
 * @param attempts executors that a unit may take down before it counts as crashed
 * @param patience with one attempt: the last resort against one that hangs
 * @param gpusPerTask asked of Spark for each task; 0 asks for none
 * @param quarantine of the nodes, shared by all runs of an evaluation
 */
public record FanOut(
    JavaSparkContext spark,
    Cluster cluster,
    IntSupplier inFlight,
    int attempts,
    Patience patience,
    double gpusPerTask,
    Quarantine quarantine) {
  /** Local property of a task: which attempt of its unit it is, from 1. */
  public static final String ATTEMPT = "assay.attempt";

  /**
   * Runs all units and returns when each has its fate.
   *
   * @param run name of the run, the prefix of its job groups
   * @param units waiting for a node; when it returns, none is left
   * @param describe a unit's line in Spark's own pages
   * @param elsewhere whether a result is worth an attempt on another node, where there is one
   * @param hearer called as each attempt and each unit ends
   */
  public <U extends Serializable, R extends Serializable> void run(
      String run,
      Placement<U> units,
      Function<U, String> describe,
      Work<U, R> work,
      Predicate<R> elsewhere,
      Hearer<U, R> hearer)
      throws InterruptedException {
    ExecutorService submitters = Executors.newCachedThreadPool(named(run));
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(named(run + "-deadline"));
    Attempts attempted = new Attempts();
    spark.sc().addSparkListener(attempted);
    int all = units.size();
    try {
      CompletionService<String> ending = new ExecutorCompletionService<>(submitters);
      Dispatch<U> dispatch = new Dispatch<>(this::slots, inFlight, units);
      int begun = 0;
      for (int ended = 0; ended < all; ) {
        for (Optional<Dispatch.Begin<U>> next = dispatch.next();
            next.isPresent();
            next = dispatch.next()) {
          U unit = next.get().unit();
          String node = next.get().node();
          List<U> following = next.get().following();
          String name = describe.apply(unit);
          String group = run + "-" + begun++;
          UnitRun<R> trying =
              new UnitRun<>(
                  name,
                  node,
                  attempts,
                  patience.deadline().toSeconds(),
                  cluster,
                  quarantine,
                  elsewhere);
          ending.submit(
              () -> {
                AtomicInteger number = new AtomicInteger();
                hearer.ended(
                    unit,
                    trying.fate(
                        (attempt, placing) ->
                            attempt(
                                new Job(group, name, attempt),
                                unit,
                                // Elsewhere, others follow.
                                new PlacedTask<>(
                                    work, placing, attempt == 1 ? following : List.of()),
                                placing,
                                new Watch<>(
                                    attempted,
                                    clock,
                                    number.incrementAndGet(),
                                    goesOn -> hearer.begun(unit, goesOn),
                                    end -> hearer.attempted(unit, end)))));
                return node;
              });
        }
        // A second later there may be executors for more.
        Future<String> next = ending.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          dispatch.ended(await(next));
          ended++;
        }
      }
    } catch (InterruptedException | RuntimeException stopped) {
      submitters.shutdownNow();
      cancel(run, all);
      throw stopped;
    } finally {
      submitters.shutdownNow();
      clock.shutdownNow();
      spark.sc().removeSparkListener(attempted);
    }
  }

  private Map<String, Integer> slots() {
    List<Executor> live = cluster.executors();
    Set<String> quarantined = quarantine.nodes();
    Map<String, Integer> slots = new TreeMap<>();
    live.stream()
        .filter(executor -> !quarantined.contains(executor.node()))
        .forEach(
            executor -> slots.merge(executor.node(), Math.max(1, executor.slots()), Integer::sum));
    // A bad node is used all the same where no other is left.
    return slots.isEmpty() ? Map.of(Dispatch.ANYWHERE, Math.max(1, live.size())) : slots;
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

  private static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof NotReadyException later) {
        throw later;
      }
      throw new IllegalStateException(
          "a unit's result could not be taken: " + failed.getCause().getMessage(),
          failed.getCause());
    }
  }

  /** How Spark knows one attempt. */
  private record Job(String group, String description, int attempt) {}

  /** Who looks at one attempt. */
  private record Watch<R>(
      Attempts attempted,
      ScheduledExecutorService clock,
      int number,
      Consumer<Consumer<Duration>> begun,
      Consumer<Ending<R>> ended) {}

  private <U extends Serializable, R extends Serializable> Outcome<R> attempt(
      Job job, U unit, PlacedTask<U, R> task, Placing placing, Watch<R> watch)
      throws InterruptedException {
    Runnable cancel = () -> spark.cancelJobGroup(job.group());
    Alarm alarm = new Alarm(watch.clock(), cancel);
    Silence silence = new Silence(patience.silence(), new Alarm(watch.clock(), cancel));
    // Waiting for a slot costs no patience.
    Attempt attempt =
        new Attempt(
            () -> {
              silence.begin();
              alarm.restart(patience.deadline());
            });
    watch.attempted().begin(job.group(), attempt);
    watch.begun().accept(silence::heard);
    Outcome<R> outcome = outcome(job, unit, task, placing, alarm, silence, attempt);
    Optional<R> value =
        outcome instanceof Outcome.Answered<R> answered
            ? Optional.ofNullable(answered.answer().value())
            : Optional.empty();
    watch
        .ended()
        .accept(
            new Ending<>(
                watch.number(),
                attempt.executor(),
                attempt.host(),
                value,
                outcome.title(),
                outcome instanceof Outcome.Threw<R> threw ? threw.reason() : "",
                attempt.queuedMs(),
                attempt.runningMs()));
    return outcome;
  }

  private <U extends Serializable, R extends Serializable> Outcome<R> outcome(
      Job job,
      U unit,
      PlacedTask<U, R> task,
      Placing placing,
      Alarm alarm,
      Silence silence,
      Attempt attempt)
      throws InterruptedException {
    try {
      spark.setJobGroup(job.group(), job.description(), true);
      spark.setLocalProperty(ATTEMPT, Integer.toString(job.attempt()));
      return new Outcome.Answered<>(placed(unit, placing).map(task).collect().get(0));
    } catch (CancellationException cancelled) {
      return cancelled(silence, attempt);
    } catch (Exception failed) {
      // Spark's exceptions are checked and undeclared, so no narrower clause compiles.
      if (spark.sc().isStopped()) {
        throw new IllegalStateException(
            "Spark was stopped before every model was judged; run again, it goes on from there",
            failed);
      }
      if (alarm.hasRung() || silence.hasRung()) {
        return cancelled(silence, attempt);
      }
      attempt.await();
      return attempt.tookItsExecutorAlong()
          ? new Outcome.Lost<>(attempt.executor(), false)
          : new Outcome.Threw<>(firstLine(failed));
    } finally {
      alarm.stop();
      silence.stop();
    }
  }

  private static <R extends Serializable> Outcome<R> cancelled(Silence silence, Attempt attempt) {
    return silence.hasRung() ? new Outcome.Lost<>(attempt.executor(), true) : new Outcome.Late<>();
  }

  private <U extends Serializable> JavaRDD<U> placed(U unit, Placing placing) {
    JavaRDD<U> rdd =
        placing.wished().isEmpty()
            ? spark.parallelize(List.of(unit), 1)
            : JavaRDD.fromRDD(
                spark
                    .sc()
                    .makeRDD(
                        JavaConverters.asScalaBuffer(
                                List.of(
                                    new Tuple2<>(
                                        unit,
                                        JavaConverters.asScalaBuffer(placing.wished()).toSeq())))
                            .toSeq(),
                        ClassTag$.MODULE$.<U>apply(unit.getClass())),
                ClassTag$.MODULE$.<U>apply(unit.getClass()));
    return gpusPerTask > 0 ? rdd.withResources(gpuProfile()) : rdd;
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
