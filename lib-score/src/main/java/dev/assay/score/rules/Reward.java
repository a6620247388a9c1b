package dev.assay.score.rules;

/** How a ranking becomes weights. */
public enum Reward {
  /** The softmax of the win rates, as in the original. */
  SOFTMAX,
  /**
   * Everything to the leader. A softmax over a set of several would pay a miner who enters a ladder
   * of models, each a little better than the one before.
   */
  LEADER
}
