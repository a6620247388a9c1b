package dev.assay.score.bundle;

/** A file of a bundle has a form that this release doesn't know; the message says what reads it. */
public final class UnknownVersionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message naming the version, those that are known and the next step
   */
  public UnknownVersionException(String message) {
    super(message);
  }
}
