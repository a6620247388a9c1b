package dev.assay.score.rules;

/** Which of two models from one block is the earlier. */
public enum TieBreak {
  /** Neither, as in the original. */
  NONE,
  /** The one with the lower extrinsic index; where that is unknown, the lower hotkey. */
  EXTRINSIC
}
