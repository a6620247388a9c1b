package dev.assay.chain.scale;

/** SCALE bytes that do not hold what was asked of them: says what, and at which offset. */
public final class ScaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset the byte, counted from the start of the input, at which decoding failed
   */
  public ScaleException(int offset, String message) {
    super(message + " (at byte " + offset + ")");
    this.offset = offset;
  }

  /** The byte, counted from the start of the input, at which decoding failed. */
  public int offset() {
    return offset;
  }
}
