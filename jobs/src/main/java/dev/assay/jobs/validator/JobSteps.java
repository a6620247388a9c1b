package dev.assay.jobs.validator;

import dev.assay.chain.keys.Signer;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.Evaluate;
import dev.assay.jobs.evaluate.Prefetch;
import dev.assay.jobs.evaluate.Readiness;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.snapshot.Snapshot;
import dev.assay.jobs.snapshot.SnapshotReport;
import dev.assay.jobs.spark.FirstTask;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.ValidatorStatus;
import dev.assay.jobs.submit.Submit;
import dev.assay.jobs.submit.SubmitReport;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/** The steps as the commands of the same names take them, in one Spark session. */
final class JobSteps implements Steps {
  private final AssayConfiguration configuration;
  private final Map<String, String> environment;
  private final Signer signer;
  private final Progress progress;
  private final Clock clock;
  private SparkSession spark;

  JobSteps(
      AssayConfiguration configuration,
      Map<String, String> environment,
      Signer signer,
      Progress progress,
      Clock clock) {
    this.configuration = configuration;
    this.environment = environment;
    this.signer = signer;
    this.progress = progress;
    this.clock = clock;
  }

  @Override
  public StatusReport look() {
    return ValidatorStatus.now(configuration, clock);
  }

  @Override
  public SnapshotReport snapshot() throws InterruptedException {
    return Snapshot.run(configuration, progress);
  }

  @Override
  public Prefetch.Report prefetch() throws InterruptedException {
    SparkSession session = session();
    return FirstTask.within(session, () -> Prefetch.run(configuration, session, progress, clock));
  }

  @Override
  public EvaluationReport evaluate() throws InterruptedException {
    Readiness.require(configuration, OptionalLong.empty());
    SparkSession session = session();
    return FirstTask.within(
        session, () -> Evaluate.run(configuration, session, OptionalLong.empty(), progress, clock));
  }

  @Override
  public SubmitReport submit(Optional<String> evaluation) {
    return evaluation.isPresent()
        ? Submit.run(configuration, evaluation.get(), signer, progress, clock)
        : Submit.run(configuration, signer, progress, clock);
  }

  /** It lasts from the first evaluation on; one that has ended is started again. */
  private synchronized SparkSession session() {
    if (spark == null || spark.sparkContext().isStopped()) {
      progress.stage("spark", "starts its executors");
      spark = SparkRuntime.start(configuration, environment);
    }
    return spark;
  }

  @Override
  public synchronized void close() {
    if (spark != null) {
      spark.close();
    }
  }
}
