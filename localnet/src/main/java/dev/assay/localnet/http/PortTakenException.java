package dev.assay.localnet.http;

import java.io.IOException;

/** A localnet service could not listen on the port it was given. */
public final class PortTakenException extends IOException {

  private final int port;

  /** Names the service and the port, and says what to do. */
  public PortTakenException(String service, int port, Throwable cause) {
    super(
        "the localnet's "
            + service
            + " cannot listen on port "
            + port
            + ": it is taken; choose another one, or 0 for any free port",
        cause);
    this.port = port;
  }

  /** The port that was taken. */
  public int port() {
    return port;
  }
}
