package dev.assay.jobs.status;

/** How a window's weights stand for one validator, by its tables and by the chain. */
public enum Weights {
  /** Nothing has been sent for the window. */
  NONE,
  /** The vector is fixed, and nothing has been sent. */
  INTENDED,
  /** An extrinsic of unknown fate; submit finds out. */
  SENT,
  /** The chain holds them hidden. */
  COMMITTED,
  /** The chain has them. */
  SET,
  /** The chain refused the last extrinsic. */
  FAILED,
  /** The chain dropped the hidden ones unrevealed. */
  EXPIRED,
  /** Something else has set the hotkey's weights in this window. */
  FOREIGN,
  /** The hotkey is not a member of the subnet. */
  UNREGISTERED,
  /** The wallet has no such hotkey here. */
  NO_HOTKEY
}
