package dev.assay.score.rules;

/** Who is the earlier of two models from one block. */
public enum TieBreak {
  /** Neither, as in the original. */
  NONE,
  /** The one with the lower extrinsic index; where that is unknown, the lower hotkey. */
  EXTRINSIC
}
