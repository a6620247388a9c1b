package dev.assay.chain.keys;

/** A keyfile that cannot be read, in one sentence that says why and shows none of its content. */
public final class KeyfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyfileException(String message) {
    super(message);
  }
}
