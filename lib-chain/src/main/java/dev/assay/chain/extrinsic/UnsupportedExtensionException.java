package dev.assay.chain.extrinsic;

/** The runtime has a transaction extension that is not known here and that adds bytes. */
public final class UnsupportedExtensionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedExtensionException(String identifier) {
    super(
        "the runtime's transaction extension "
            + identifier
            + " is not known here and is not empty; nothing can be signed until it is supported");
  }
}
