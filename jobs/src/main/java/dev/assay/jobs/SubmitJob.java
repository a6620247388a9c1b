package dev.assay.jobs;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.LoggedProgress;
import dev.assay.jobs.submit.Submit;
import dev.assay.jobs.submit.SubmitReport;
import dev.assay.jobs.submit.ValidatorKey;
import java.time.Clock;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * {@code spark-submit --class dev.assay.jobs.SubmitJob assay.jar --config FILE --evaluation ID}.
 */
public final class SubmitJob {
  private SubmitJob() {}

  /** Sets weights; ends with 0, 3 where they were set before, 75 where the fate is unknown. */
  public static void main(String[] arguments) {
    System.exit(JobExit.code(() -> run(JobArguments.of(arguments, List.of("--evaluation")))));
  }

  private static int run(JobArguments arguments) {
    AssayConfiguration configuration = arguments.configuration();
    Keypair hotkey = ValidatorKey.read(configuration);
    SubmitReport report =
        Submit.run(
            configuration,
            arguments.required("--evaluation"),
            hotkey,
            new LoggedProgress(),
            Clock.systemUTC());
    LoggerFactory.getLogger(SubmitJob.class).info("{} {}", report.state(), report.reason());
    return switch (report.state()) {
      case SET, COMMITTED -> JobExit.DONE;
      case ALREADY_SET, NOTHING_TO_SET -> JobExit.NOTHING_TO_DO;
      case UNKNOWN -> JobExit.TRY_AGAIN_LATER;
      case FAILED, REFUSED -> JobExit.FAILED;
    };
  }
}
