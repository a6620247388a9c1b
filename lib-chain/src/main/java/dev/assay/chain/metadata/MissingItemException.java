package dev.assay.chain.metadata;

/** The runtime lacks a pallet, call, storage item, constant, API or error that was asked for. */
public final class MissingItemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names what is missing: its kind in words, and its name. */
  public MissingItemException(String kind, String name) {
    super("the chain's runtime has no " + kind + " " + name);
  }
}
