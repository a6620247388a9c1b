package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.judge.Cost;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.SampleVerdict;
import dev.assay.score.statistics.Pursuit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found out about one candidate, before scoring.
 *
 * @param fault why it has no place in scoring; empty for a model with all its losses, or with those
 *     up to its stop
 * @param digest of its content, where it was seen
 * @param losses in the samples' order; {@link Losses#none()} beside a fault
 * @param tokens counted tokens of the samples that it has losses on
 * @param computed losses computed for this evaluation, the others were known
 * @param cost what it cost
 */
record Judgement(
    Candidate candidate,
    Optional<Fault> fault,
    Optional<String> digest,
    Losses losses,
    long tokens,
    int computed,
    Cost cost) {

  /** A candidate that was refused before any work. */
  static Judgement of(Candidate candidate, Fault fault) {
    return new Judgement(
        candidate, Optional.of(fault), Optional.empty(), Losses.none(), 0, 0, Cost.NONE);
  }

  /** The same candidate with another fault, once that has turned out. */
  Judgement with(Fault other) {
    return new Judgement(candidate, Optional.of(other), digest, losses, tokens, computed, cost);
  }

  /** As scoring takes it. */
  ModelResult result() {
    Entry entry = candidate.entry(digest);
    return fault
        .map(f -> ModelResult.failed(entry, outcome(f)))
        .orElseGet(() -> ModelResult.accepted(entry, losses));
  }

  /** The fault as scoring knows it. */
  static Outcome outcome(Fault fault) {
    return new Outcome(fault.verdict(), Optional.of(fault.blame()), Optional.empty());
  }

  /**
   * Losses from the table in the samples' order.
   *
   * @param rows of one model and kernel, by sample id
   * @param pursuit what they end by before the last sample, whatever more the table has
   * @return empty if one is missing
   */
  static Optional<Losses> losses(
      EncodedSamples samples, Map<String, LossRow> rows, Optional<Pursuit> pursuit) {
    double[] values = new double[samples.count()];
    SampleVerdict[] verdicts = new SampleVerdict[samples.count()];
    Optional<Pursuit.Course> course = pursuit.map(Pursuit::begin);
    for (int index = 0; index < samples.count(); index++) {
      LossRow row = rows.get(samples.sampleId(index));
      if (row == null) {
        return Optional.empty();
      }
      verdicts[index] = SampleVerdict.valueOf(row.verdict());
      values[index] = row.mean();
      if (course.isPresent() && course.get().isLostAfter(values[index])) {
        int count = index + 1;
        return Optional.of(Losses.of(Arrays.copyOf(values, count), Arrays.copyOf(verdicts, count)));
      }
    }
    return Optional.of(Losses.of(values, verdicts));
  }
}
