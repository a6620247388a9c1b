package dev.assay.model.rejection;

import java.util.Locale;

/**
 * A checkpoint is refused, and its author is to blame. The message is one sentence that names the
 * thing, its value and the limit; what a miner chose is escaped in it.
 */
public final class RejectedCheckpointException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;

  public RejectedCheckpointException(Rejection rejection, String sentence) {
    super(sentence);
    this.rejection = rejection;
  }

  /** A refusal whose sentence is formatted in the root locale. */
  public static RejectedCheckpointException because(
      Rejection rejection, String format, Object... values) {
    return new RejectedCheckpointException(rejection, String.format(Locale.ROOT, format, values));
  }

  public Rejection rejection() {
    return rejection;
  }
}
