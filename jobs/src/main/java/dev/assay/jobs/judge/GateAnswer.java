package dev.assay.jobs.judge;

/** What the checks of a checkpoint say that holds in every window, whatever becomes of the unit. */
public enum GateAnswer {
  /** Nothing: they did not end, or what failed is this window's or our own matter. */
  NONE,
  /** It passes. */
  PASSES,
  /** It fails; the finding's fault says why. */
  FAILS
}
