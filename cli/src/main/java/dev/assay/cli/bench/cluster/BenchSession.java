package dev.assay.cli.bench.cluster;

import dev.assay.cli.terminal.Console;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.Evaluate;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.snapshot.Snapshot;
import dev.assay.jobs.spark.FirstTask;
import dev.assay.jobs.spark.SparkRuntime;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;

/** A Spark session whose executors are all there, in which a validator evaluates. */
final class BenchSession implements AutoCloseable {
  private final AssayConfiguration validator;
  private final Console console;
  private final SparkSession spark;
  private final AtomicInteger jobs = new AtomicInteger();

  private BenchSession(AssayConfiguration validator, Console console, SparkSession spark) {
    this.validator = validator;
    this.console = console;
    this.spark = spark;
  }

  /**
   * One evaluation.
   *
   * @param seconds from its beginning to the end of the tables' upkeep
   * @param jobs that Spark was given
   */
  record Evaluated(EvaluationReport report, double seconds, int jobs) {}

  /** Starts Spark and waits for as many executors. */
  static BenchSession start(AssayConfiguration validator, int executors, Console console)
      throws InterruptedException {
    console.move("Spark starts its executors");
    SparkSession spark = SparkRuntime.start(validator, System.getenv());
    BenchSession session = new BenchSession(validator, console, spark);
    try {
      session.await(executors);
      return session;
    } catch (InterruptedException | RuntimeException failed) {
      spark.stop();
      throw failed;
    }
  }

  private void await(int executors) throws InterruptedException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    FirstTask.within(spark, () -> context.parallelize(List.of(1), 1).count());
    // The driver is listed as well.
    while (spark.sparkContext().statusTracker().getExecutorInfos().length <= executors) {
      Thread.sleep(50);
    }
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart start) {
                jobs.incrementAndGet();
              }
            });
  }

  /** Takes the samples that are new, and evaluates at the newest block. */
  Evaluated evaluate() throws InterruptedException {
    Snapshot.run(validator, Progress.silent());
    return again();
  }

  /** Evaluates at the newest block. */
  Evaluated again() throws InterruptedException {
    int before = heard();
    long began = System.nanoTime();
    EvaluationReport report =
        Evaluate.run(
            validator, spark, OptionalLong.empty(), new Moving(console), Clock.systemUTC());
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Evaluated(report, seconds, heard() - before);
  }

  /** Jobs so far; Spark tells of them a little later than they begin. */
  private int heard() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
      return jobs.get();
    } catch (TimeoutException late) {
      throw new IllegalStateException("Spark's listeners are far behind", late);
    }
  }

  /**
   * The report, if so many of its models were accepted.
   *
   * @throws IllegalStateException if something went wrong that makes the time worth nothing
   */
  static Evaluated accepted(int models, Evaluated evaluated) {
    List<EvaluationReport.Model> accepted =
        evaluated.report().models().stream()
            .filter(model -> model.verdict().equals("ACCEPTED"))
            .toList();
    if (accepted.size() != models) {
      throw new IllegalStateException(
          "%d models were accepted, not %d: %s"
              .formatted(
                  accepted.size(),
                  models,
                  evaluated.report().models().stream()
                      .filter(model -> !model.verdict().equals("ACCEPTED"))
                      .map(model -> model.verdict() + " " + model.reason())
                      .findFirst()
                      .orElse("no other was judged")));
    }
    return evaluated;
  }

  @Override
  public void close() {
    spark.stop();
  }

  /** What an evaluation does, on the moving line alone. */
  private record Moving(Console console) implements Progress {
    @Override
    public void stage(String stage, String detail) {
      console.move(stage + ": " + detail);
    }

    @Override
    public void model(String model, int done, int samples, double tokensPerSecond) {}

    @Override
    public void models(int ended, int models) {
      console.move("model %d of %d done".formatted(ended, models));
    }

    @Override
    public void verdict(String model, String verdict, String reason) {}
  }
}
