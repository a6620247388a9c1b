package dev.assay.score.rules;

import dev.assay.score.sampling.Sampling;
import dev.assay.score.statistics.Significance;
import java.util.Optional;

/** Assay's own rules: see docs/scoring.md. */
final class AssayPolicy {
  /** Seven days of 12-second blocks. */
  private static final long A_WEEK = 50_400;

  private AssayPolicy() {}

  static Policy policy() {
    return new Policy(
        Policy.ASSAY_1,
        new Sampling(100, 0.5),
        new Entrants(
            TieBreak.EXTRINSIC,
            Matches.FINITE_LOSSES,
            Unranked.LEFT_OUT,
            0.05,
            Entrants.NEAR_LOSSES),
        new Advantage(0.01, 0.001, A_WEEK),
        new Ranking(Field.COMPETITIVE_SET, Optional.of(Significance.DEFAULT), Reward.LEADER),
        new Payment(
            0.08,
            0.9,
            Averaging.PER_COMPETITION,
            StateKey.REGISTRATION,
            16,
            Payment.USUAL_PATIENCE,
            0.05));
  }
}
