package dev.assay.score.roster;

/** What a validator's last evaluation of an earlier window left of a model. */
public enum Past {
  /** Nothing: it was not there yet, or could not be judged yet. */
  NONE,
  /** Its policy keeps it: one of the best, or one that could become the best. */
  KEPT,
  /** It failed, and its miner is not to blame. */
  EXCUSED,
  /** Anything else: it was judged, or it was not on the roster. */
  SETTLED
}
