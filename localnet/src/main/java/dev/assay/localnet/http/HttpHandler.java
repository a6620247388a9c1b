package dev.assay.localnet.http;

import java.io.IOException;

/** Answers requests; on threads where it may wait. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers one request.
   *
   * @throws IOException when the client is gone, or what it asks for can't be read
   */
  void handle(HttpExchange exchange) throws IOException;
}
