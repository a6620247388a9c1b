package dev.assay.score.rules;

/** Which losses are compared. */
public enum Matches {
  /**
   * Every loss of every model that has one, NaN and infinity included, as the original does: a pair
   * with a NaN is a match without a winner.
   */
  EVERY_LOSS,
  /**
   * Only finite losses. An empty sample is skipped for all models; a model with a loss that is not
   * finite has failed, so that no miner gains by failing on unfavourable samples.
   */
  FINITE_LOSSES
}
