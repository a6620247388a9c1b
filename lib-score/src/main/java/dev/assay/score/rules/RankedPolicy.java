package dev.assay.score.rules;

import dev.assay.score.sampling.Sampling;

/**
 * The original's rules, with failed models and duplicates left out, state by registration, and
 * patience with what is not the miner's fault.
 */
final class RankedPolicy {
  private RankedPolicy() {}

  static Policy policy() {
    return new Policy(
        Policy.ORIGINAL_RANKED,
        Sampling.ORIGINAL,
        new Entrants(
            TieBreak.NONE, Matches.FINITE_LOSSES, Unranked.LEFT_OUT, 0, Entrants.NEAR_LOSSES),
        Advantage.fixed(0.01),
        Ranking.ORIGINAL,
        new Payment(
            0.08,
            0.9,
            Averaging.ACROSS_COMPETITIONS,
            StateKey.REGISTRATION,
            5,
            Payment.USUAL_PATIENCE,
            0));
  }
}
