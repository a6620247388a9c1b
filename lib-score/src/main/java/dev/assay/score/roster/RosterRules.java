package dev.assay.score.roster;

import dev.assay.score.Limits;

/**
 * How a roster is chosen.
 *
 * @param wholeUpTo a subnet of at most so many models is evaluated whole, in every window
 * @param againEvery windows after which, on average, a model of the rest is evaluated again
 * @param first models that a validator's first evaluation takes besides those that consensus pays
 */
public record RosterRules(int wholeUpTo, int againEvery, int first) {
  public RosterRules {
    Limits.atLeast("evaluation.roster.whole_up_to", wholeUpTo, 0);
    Limits.atLeast("evaluation.roster.again_every", againEvery, 1);
    Limits.atLeast("evaluation.roster.first", first, 1);
  }
}
