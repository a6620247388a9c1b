package dev.assay.jobs.validator;

import dev.assay.jobs.evaluate.Prefetch;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.snapshot.SnapshotReport;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.submit.SubmitReport;
import java.util.Optional;

/** What a validator does in a window. Every step may be repeated at any time, also after a kill. */
interface Steps extends AutoCloseable {
  /** Where things stand. */
  StatusReport look();

  /** Takes the feed's new samples. */
  SnapshotReport snapshot() throws InterruptedException;

  /** Brings the models that the next evaluation looks at to the nodes. */
  Prefetch.Report prefetch() throws InterruptedException;

  /** Evaluates the last final block. */
  EvaluationReport evaluate() throws InterruptedException;

  /**
   * Sets weights.
   *
   * @param evaluation whose; the present window's where none is named, or what {@code
   *     submit.fallback} says
   */
  SubmitReport submit(Optional<String> evaluation);

  @Override
  void close();
}
