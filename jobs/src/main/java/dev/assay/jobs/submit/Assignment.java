package dev.assay.jobs.submit;

import dev.assay.jobs.report.EvaluationReport;
import dev.assay.score.weights.UidWeight;
import java.util.List;

/**
 * What one window is to get.
 *
 * @param genesis hash of the block 0 of the chain that the evaluation was made on
 * @param evaluation that the vector comes from, of this window or, repeated, of an earlier one
 * @param vector by uid ascending
 * @param recipients of the vector
 */
record Assignment(
    String genesis,
    int netuid,
    int mechanism,
    long window,
    String evaluation,
    List<UidWeight> vector,
    Recipients recipients) {
  Assignment {
    vector = List.copyOf(vector);
  }

  /** An evaluation's own vector for its own window. */
  static Assignment of(EvaluationReport report) {
    return of(report, report.window(), report.vector());
  }

  /** A vector that comes from an evaluation, for any window. */
  static Assignment of(EvaluationReport report, long window, List<UidWeight> vector) {
    return new Assignment(
        report.genesis().orElse(WeightIntent.UNKNOWN_CHAIN),
        report.netuid(),
        report.mechanism(),
        window,
        report.evaluation(),
        vector,
        new Recipients(report.hotkeys()));
  }

  /** As an intent of a validator; the chain's part of it comes when it is made. */
  WeightIntent intent(String hotkey) {
    return new WeightIntent(genesis, netuid, mechanism, hotkey, window, evaluation, vector, 0, 0);
  }
}
