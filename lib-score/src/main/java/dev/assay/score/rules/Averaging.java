package dev.assay.score.rules;

/** Which moving average a weight belongs to. */
public enum Averaging {
  /**
   * One over all competitions, as in the original. As they take turns, their sums swing: 60/40
   * becomes 62.5/37.5 after one and 57.4/42.6 after the other.
   */
  ACROSS_COMPETITIONS,
  /** One for each competition, which always sums to the competition's share. */
  PER_COMPETITION
}
