package dev.assay.chain.node;

/** A block that the node does not have: not yet, not on its chain, or no longer. */
public final class UnknownBlockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownBlockException(String message) {
    super(message);
  }
}
