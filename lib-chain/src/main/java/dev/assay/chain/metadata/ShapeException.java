package dev.assay.chain.metadata;

/** A value whose shape is not the one that was asked of it, or that a type asks for. */
public final class ShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String message) {
    super(message);
  }
}
