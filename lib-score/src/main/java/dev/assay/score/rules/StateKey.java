package dev.assay.score.rules;

/** What the moving average is remembered by. */
public enum StateKey {
  /** The UID alone, as the original: whoever gets a UID next inherits its weight. */
  UID,
  /** UID, hotkey and registration block: a new registration starts with nothing. */
  REGISTRATION
}
