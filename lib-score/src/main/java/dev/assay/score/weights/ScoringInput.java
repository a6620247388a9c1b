package dev.assay.score.weights;

import dev.assay.score.Limits;
import dev.assay.score.contest.Round;
import dev.assay.score.rules.WeightLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All that weights depend on.
 *
 * @param block the evaluation's block, at which ages are taken
 * @param competitions how many competitions are open at the block, at least the number of rounds
 * @param rounds the competitions that were evaluated, in the order of the schedule
 * @param previous what the last evaluation left
 * @param limits what the chain accepts
 */
public record ScoringInput(
    long block, int competitions, List<Round> rounds, Standings previous, WeightLimits limits) {
  public ScoringInput {
    Limits.atLeast("block", block, 0);
    rounds = List.copyOf(rounds);
    Limits.atLeast("competitions", competitions, Math.max(1, rounds.size()));
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(limits, "limits");
    Set<String> ids = new HashSet<>();
    for (Round round : rounds) {
      if (!ids.add(round.competition())) {
        throw new IllegalArgumentException(
            "rounds: competition " + round.competition() + " is there twice, must be there once");
      }
    }
  }

  /** One competition that pays everything. */
  public static ScoringInput of(long block, Round round, Standings previous) {
    return new ScoringInput(block, 1, List.of(round), previous, WeightLimits.NONE);
  }
}
