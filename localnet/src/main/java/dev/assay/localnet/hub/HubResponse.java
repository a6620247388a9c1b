package dev.assay.localnet.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.localnet.http.HttpExchange;
import java.io.IOException;

/** Writes answers in the hub's form. */
final class HubResponse {

  private HubResponse() {}

  static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
    exchange.set("Content-Type", "application/json; charset=utf-8");
    exchange.answer(status, HubRequest.JSON.writeValueAsBytes(body));
  }

  static void empty(HttpExchange exchange, int status) {
    exchange.answer(status, new byte[0]);
  }

  /** The sentence goes into the body; the header holds what a header can carry of it. */
  static void failure(HttpExchange exchange, HubFailure failure) throws IOException {
    if (!failure.code().isEmpty()) {
      exchange.set("X-Error-Code", failure.code());
    }
    String headerSafe = failure.getMessage().replaceAll("[^\\x20-\\x7e]", "?");
    exchange.set("X-Error-Message", headerSafe);
    ObjectNode body = HubRequest.JSON.createObjectNode().put("error", failure.getMessage());
    json(exchange, failure.status(), body);
  }
}
