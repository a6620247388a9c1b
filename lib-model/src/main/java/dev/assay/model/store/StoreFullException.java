package dev.assay.model.store;

import java.io.IOException;

/** A checkpoint has no room in a store, though everything that may go has gone. */
public final class StoreFullException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreFullException(String message) {
    super(message);
  }
}
