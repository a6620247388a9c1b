package dev.assay.score.rules;

/** Which models are ranked against which. */
public enum Field {
  /** Every participant against every other, as in the original. */
  EVERYBODY,
  /**
   * Only the competitive set: the earliest model, and every later one that beats each earlier
   * member beyond ε. Copies and junk never get in, so they change no weight.
   */
  COMPETITIVE_SET
}
