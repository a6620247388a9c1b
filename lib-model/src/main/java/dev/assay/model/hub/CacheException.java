package dev.assay.model.hub;

import java.io.IOException;

/** Our own disk did not take what the hub delivered. */
final class CacheException extends IOException {

  private static final long serialVersionUID = 1L;

  CacheException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
