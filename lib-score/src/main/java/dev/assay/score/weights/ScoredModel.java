package dev.assay.score.weights;

import dev.assay.score.contest.Comparison;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Outcome;
import java.util.List;
import java.util.Objects;

/**
 * One model's standing after an evaluation.
 *
 * @param entry the commitment
 * @param competition the competition's id
 * @param outcome what became of it, duplicates and failures found in scoring included
 * @param meanLoss mean loss in nats per token over its OK samples; NaN where there is none
 * @param wins samples it won over all opponents
 * @param matches samples it was compared on over all opponents
 * @param winRate wins / matches; 0 without matches
 * @param stepWeight what this evaluation alone awards, before the moving average
 * @param weight the weight after the moving average; all of a policy's weights together may sum to
 *     less than 1 while the average builds up
 * @param weightU16 the weight in the vector for the chain; 0 where it is left out
 * @param comparisons one for each opponent
 */
public record ScoredModel(
    Entry entry,
    String competition,
    Outcome outcome,
    double meanLoss,
    long wins,
    long matches,
    double winRate,
    double stepWeight,
    double weight,
    int weightU16,
    List<Comparison> comparisons) {
  public ScoredModel {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(competition, "competition");
    Objects.requireNonNull(outcome, "outcome");
    comparisons = List.copyOf(comparisons);
  }
}
