package dev.assay.localnet.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Writes answers in the hub's form. */
final class HubResponse {

  private HubResponse() {}

  static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    bytes(exchange, status, HubRequest.JSON.writeValueAsBytes(body));
  }

  static void empty(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  /** The sentence goes into the body; the header holds what a header can carry of it. */
  static void failure(HttpExchange exchange, HubFailure failure) throws IOException {
    if (!failure.code().isEmpty()) {
      exchange.getResponseHeaders().set("X-Error-Code", failure.code());
    }
    String headerSafe = failure.getMessage().replaceAll("[^\\x20-\\x7e]", "?");
    exchange.getResponseHeaders().set("X-Error-Message", headerSafe);
    ObjectNode body = HubRequest.JSON.createObjectNode().put("error", failure.getMessage());
    json(exchange, failure.status(), body);
  }

  private static void bytes(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
