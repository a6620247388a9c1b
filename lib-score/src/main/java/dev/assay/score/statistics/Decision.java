package dev.assay.score.statistics;

/** What evidence says of an earlier and a later model. */
public enum Decision {
  /** The later one is established to be ahead beyond ε. */
  LATER,
  /** The later one is established not to be ahead beyond ε. */
  EARLIER,
  /** Neither; what was decided before stands, and at first the earlier one leads. */
  UNRESOLVED
}
