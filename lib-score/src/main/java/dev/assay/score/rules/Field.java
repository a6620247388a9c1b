package dev.assay.score.rules;

/** Who is ranked against whom. */
public enum Field {
  /** Everybody who takes part against everybody, as in the original. */
  EVERYBODY,
  /**
   * Only the competitive set: the earliest model, and every later one that beats each earlier
   * member beyond ε. Copies and junk never get in, so they change nobody's weight.
   */
  COMPETITIVE_SET
}
