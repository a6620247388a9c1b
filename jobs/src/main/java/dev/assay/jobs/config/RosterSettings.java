package dev.assay.jobs.config;

import dev.assay.score.Limits;
import dev.assay.score.roster.RosterRules;

/**
 * Which models a window evaluates; {@link RosterRules} says what each is.
 *
 * @param wholeUpTo models of a subnet that is evaluated whole
 */
public record RosterSettings(int wholeUpTo, int againEvery, int first) {
  public RosterSettings {
    Limits.all(
        () -> Require.atLeast("evaluation.roster.whole_up_to", wholeUpTo, 0),
        () -> Require.within("evaluation.roster.again_every", againEvery, 1, 10_000),
        () -> Require.within("evaluation.roster.first", first, 1, 65_536));
  }

  /** As rosters are chosen by. */
  public RosterRules rules() {
    return new RosterRules(wholeUpTo, againEvery, first);
  }
}
