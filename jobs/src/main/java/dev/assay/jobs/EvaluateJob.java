package dev.assay.jobs;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.Evaluate;
import dev.assay.jobs.progress.LoggedProgress;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;

/** {@code spark-submit --class dev.assay.jobs.EvaluateJob assay.jar --config FILE [--at BLOCK]}. */
public final class EvaluateJob {
  private EvaluateJob() {}

  /** Evaluates; ends with 0, or 3 where the evaluation had been completed before. */
  public static void main(String[] arguments) {
    System.exit(JobExit.code(() -> run(JobArguments.of(arguments, List.of("--at")))));
  }

  private static int run(JobArguments arguments) throws InterruptedException {
    AssayConfiguration configuration = arguments.configuration();
    OptionalLong at =
        arguments.value("--at").isPresent()
            ? OptionalLong.of(arguments.number("--at"))
            : OptionalLong.empty();
    try (SparkSession spark = SparkRuntime.start(configuration, System.getenv())) {
      EvaluationReport report =
          Evaluate.run(configuration, spark, at, new LoggedProgress(), Clock.systemUTC());
      LoggerFactory.getLogger(EvaluateJob.class)
          .info(
              "evaluation {} of block {}: {} weights",
              report.evaluation(),
              report.block(),
              report.vector().size());
      return report.isNew() ? JobExit.DONE : JobExit.NOTHING_TO_DO;
    }
  }
}
