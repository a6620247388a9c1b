package dev.assay.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/**
 * A unit test, because integration tests share one Spark in one process, and this one stops its.
 */
class FanOutStopTest {
  private static final CountDownLatch STARTED = new CountDownLatch(1);

  /** Works until it is told to stop. */
  private static final class Endless implements Work<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String run(String unit, TaskContext context) {
      STARTED.countDown();
      while (!context.isInterrupted() && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
      return unit;
    }
  }

  @Test
  void nobodyIsJudgedWhenSparkIsStopped() throws Exception {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("stopped")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    Set<String> judged = ConcurrentHashMap.newKeySet();
    ExecutorService driver = Executors.newSingleThreadExecutor();
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      FanOut fanOut =
          new FanOut(
              spark,
              Cluster.of(spark.sc(), 0),
              () -> 2,
              1,
              Patience.until(Duration.ofMinutes(4)),
              0,
              new Quarantine(line -> {}));
      Future<?> run =
          driver.submit(
              () -> {
                fanOut.run(
                    "stopped",
                    Waiting.units("one", "two"),
                    unit -> unit,
                    new Endless(),
                    answer -> false,
                    (unit, fate) -> judged.add(unit));
                return null;
              });
      STARTED.await();
      // What Ctrl-C does.
      spark.stop();

      assertThatThrownBy(run::get)
          .hasStackTraceContaining("Spark was stopped before every model was judged");
      assertThat(judged).isEmpty();
    } finally {
      driver.shutdownNow();
    }
  }
}
