package dev.assay.score.explain;

import dev.assay.score.contest.Comparison;
import dev.assay.score.entry.Entry;
import dev.assay.score.statistics.Decision;
import dev.assay.score.statistics.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A model that stands in another's way.
 *
 * @param opponent the model in the way
 * @param opponentIsEarlier whether it has the advantage
 * @param epsilon the advantage of the earlier of the two at the evaluation's block
 * @param ahead how far this model is ahead of the opponent beyond ε in nats per token, over all
 *     that has been observed, with bounds that hold at all times; negative where it is behind.
 *     Empty where the policy counts wins
 * @param confidence the probability with which those bounds hold
 * @param decision what the evidence says of the earlier and the later of the two
 * @param thisWindow the same on this evaluation's samples alone, with 95 % bootstrap bounds
 * @param sufficientEpsilon the ε at which this model, being the later one, would be established to
 *     be ahead; empty where no ε would do or ε is not what stands in the way
 * @param untilBlock the block at which the opponent's ε has decayed so far
 * @param comparison counted wins
 * @param decisiveSamples places of the samples that spoke most against this model, worst first
 */
public record Obstacle(
    Entry opponent,
    boolean opponentIsEarlier,
    double epsilon,
    Optional<Interval> ahead,
    OptionalDouble confidence,
    Optional<Decision> decision,
    Interval thisWindow,
    OptionalDouble sufficientEpsilon,
    OptionalLong untilBlock,
    Comparison comparison,
    List<Integer> decisiveSamples) {
  public Obstacle {
    decisiveSamples = List.copyOf(decisiveSamples);
  }
}
