package dev.assay.score.contest;

import dev.assay.score.entry.Entry;
import dev.assay.score.statistics.Decision;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.statistics.Interval;

/**
 * An earlier and a later model after an evaluation.
 *
 * @param earlier the earlier one
 * @param later the later one
 * @param epsilon the earlier one's advantage at the evaluation's block
 * @param ahead how far the later one is ahead beyond ε, over all that has been observed
 * @param decision what the evidence says now
 * @param evidence all that has been observed, with the decision that stands
 */
public record Duel(
    Entry earlier,
    Entry later,
    double epsilon,
    Interval ahead,
    Decision decision,
    Evidence evidence) {

  /** Whether the later one beats the earlier one. */
  public boolean laterLeads() {
    return evidence.laterLeads();
  }
}
