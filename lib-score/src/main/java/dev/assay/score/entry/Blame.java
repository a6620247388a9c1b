package dev.assay.score.entry;

/** Whose fault a verdict is. Only a miner's own fault may cost a miner anything. */
public enum Blame {
  /** What the miner committed or published is at fault. */
  MINER,
  /** The validator, the hub or the chain is at fault. */
  INFRASTRUCTURE,
  /** Not known yet; treated as if the miner were innocent. */
  UNKNOWN
}
