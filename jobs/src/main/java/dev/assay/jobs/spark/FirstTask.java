package dev.assay.jobs.spark;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;

/**
 * Watches for the first task of a cluster's application. Spark itself waits for ever, without a
 * word, where no worker offers what the executors ask for.
 */
public final class FirstTask extends SparkListener implements AutoCloseable {
  /** A cluster that has a place for an executor gives it within seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final SparkContext spark;
  private final Thread waiting;
  private final Duration patience;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicReference<RuntimeException> refusal = new AtomicReference<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "assay-first-task");
            thread.setDaemon(true);
            return thread;
          });

  private FirstTask(SparkContext spark, Thread waiting, Duration patience) {
    this.spark = spark;
    this.waiting = waiting;
    this.patience = patience;
  }

  /** What needs executors. */
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /**
   * Runs what needs executors; that none takes the first task is thrown, where Spark would wait.
   */
  public static <T> T within(SparkSession session, Work<T> work) throws InterruptedException {
    try (FirstTask firstTask = watch(session, PATIENCE)) {
      return firstTask.run(work);
    }
  }

  private <T> T run(Work<T> work) throws InterruptedException {
    try {
      return work.run();
    } catch (InterruptedException interrupted) {
      if (refusal().isPresent()) {
        throw refusal().get();
      }
      throw interrupted;
    }
  }

  static FirstTask watch(SparkSession session, Duration patience) {
    FirstTask watch = new FirstTask(session.sparkContext(), Thread.currentThread(), patience);
    // On this machine executors are started by Assay itself, however long a busy one takes.
    if (!session.sparkContext().master().startsWith("local")) {
      session.sparkContext().addSparkListener(watch);
    }
    return watch;
  }

  /** Why no executor took the first task, once the thread has been interrupted for it. */
  Optional<RuntimeException> refusal() {
    return Optional.ofNullable(refusal.get());
  }

  @Override
  public void onJobStart(SparkListenerJobStart started) {
    if (asked.compareAndSet(false, true)) {
      var unused = clock.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart started) {
    begun.set(true);
  }

  private void giveUp() {
    if (begun.get()) {
      return;
    }
    String gpus = spark.getConf().get("spark.executor.resource.gpu.amount", "0");
    refusal.set(refusal(spark.master(), patience.toSeconds(), gpus));
    waiting.interrupt();
  }

  static RuntimeException refusal(String master, long seconds, String gpus) {
    String nobody = "no executor of " + master + " took a task in " + seconds + " s: ";
    return gpus.equals("0")
        ? new NotReadyException(
            nobody + "the cluster has no free worker with the cores and memory they ask for")
        : new ConfigurationException(
            nobody
                + "each executor asks for "
                + gpus
                + " GPU (spark.executor.resource.gpu.amount), and no worker has one free; start"
                + " workers with spark.worker.resource.gpu.amount, or leave conf/gpu.conf out");
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    clock.shutdownNow();
  }
}
