package dev.assay.model.hub.http;

import java.io.IOException;

/** Our own disk did not take what the hub delivered. */
public final class CacheException extends IOException {

  private static final long serialVersionUID = 1L;

  public CacheException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
