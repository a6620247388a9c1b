package dev.assay.score.rules;

import dev.assay.score.sampling.Sampling;

/** The rules of finetuning-subnet 0.2.7, exactly. */
final class OriginalPolicy {
  private OriginalPolicy() {}

  static Policy policy() {
    return new Policy(
        Policy.ORIGINAL,
        Sampling.ORIGINAL,
        new Entrants(TieBreak.NONE, Matches.EVERY_LOSS, Unranked.PAID_AS_WINLESS, 0, 0),
        Advantage.fixed(0.01),
        Ranking.ORIGINAL,
        new Payment(0.08, 0.9, Averaging.ACROSS_COMPETITIONS, StateKey.UID, 5, 0, 0));
  }
}
