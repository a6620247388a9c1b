package dev.assay.model.loss;

/** A model is not loaded because it would not fit. The checkpoint is not to blame. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says what is needed, what is free, and what to do. */
  public InsufficientMemoryException(String message) {
    super(message);
  }
}
