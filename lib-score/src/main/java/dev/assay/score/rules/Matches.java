package dev.assay.score.rules;

/** Which losses are compared. */
public enum Matches {
  /**
   * Every loss of every model that has one, NaN and infinity included, as the original does: a pair
   * with a NaN is a match that nobody wins.
   */
  EVERY_LOSS,
  /**
   * Only finite losses. A sample that is empty is skipped for everybody; a model with a loss that
   * is not finite has failed, so that nobody gains by failing on the samples that suit him ill.
   */
  FINITE_LOSSES
}
