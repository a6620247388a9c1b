package dev.assay.jobs;

import dev.assay.jobs.progress.LoggedProgress;
import dev.assay.jobs.snapshot.Snapshot;
import dev.assay.jobs.snapshot.SnapshotReport;
import java.util.List;
import org.slf4j.LoggerFactory;

/** {@code spark-submit --class dev.assay.jobs.SnapshotJob assay.jar --config FILE}. */
public final class SnapshotJob {
  private SnapshotJob() {}

  /** Takes a snapshot; ends with 0, or 3 where the feed had nothing new. */
  public static void main(String[] arguments) {
    System.exit(JobExit.code(() -> run(JobArguments.of(arguments, List.of()))));
  }

  private static int run(JobArguments arguments) throws InterruptedException {
    SnapshotReport report = Snapshot.run(arguments.configuration(), new LoggedProgress());
    LoggerFactory.getLogger(SnapshotJob.class).info("{}", report);
    return report.written() > 0 ? JobExit.DONE : JobExit.NOTHING_TO_DO;
  }
}
