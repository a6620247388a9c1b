package dev.assay.jobs.fanout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskEndReason;

/** One attempt of a unit, as Spark's listener sees it. */
final class Attempt {
  private final Runnable started;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long orderedNanos = System.nanoTime();
  private volatile long startedNanos = orderedNanos;
  private volatile String executor = "";
  private volatile String host = "";
  private volatile TaskEndReason reason;

  /**
   * @param started called as its task starts on an executor, again when Spark moves it
   */
  Attempt(Runnable started) {
    this.started = started;
  }

  void taskStarted(String id, String onHost) {
    executor = id;
    host = onHost;
    startedNanos = System.nanoTime();
    started.run();
  }

  void taskEnded(TaskEndReason why) {
    reason = why;
  }

  void jobEnded() {
    ended.countDown();
  }

  /** Waits until the listener has seen all of it; it is told a moment after the job's end. */
  void await() throws InterruptedException {
    var unused = ended.await(10, TimeUnit.SECONDS);
  }

  /** From its order to its last beginning on an executor. */
  long queuedMs() {
    return (startedNanos - orderedNanos) / 1_000_000;
  }

  /** From there to now; 0 if no executor took it. */
  long runningMs() {
    return executor.isEmpty() ? 0 : (System.nanoTime() - startedNanos) / 1_000_000;
  }

  /** Host of the executor that had it last; empty if none did. */
  String host() {
    return host;
  }

  /** Id of the executor that had it last; empty if none did. */
  String executor() {
    return executor;
  }

  /**
   * Whether its executor died by its own doing. Spark itself goes on elsewhere with what was lost
   * to preemption, to decommissioning or with its worker, and that never ends an attempt. An
   * executor whose heap is full says so, and then ends itself.
   */
  boolean tookItsExecutorAlong() {
    TaskEndReason why = reason;
    if (why instanceof ExceptionFailure thrown) {
      return thrown.exception().exists(error -> error instanceof VirtualMachineError);
    }
    return why instanceof ExecutorLostFailure lost && lost.exitCausedByApp();
  }
}
