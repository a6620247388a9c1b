package dev.assay.localnet.rpc;

import dev.assay.localnet.http.HttpExchange;
import dev.assay.localnet.http.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers requests by POST. */
record RpcPosts(RpcDispatcher dispatcher) implements HttpHandler {
  private static final Session NOBODY =
      new Session() {
        @Override
        public boolean lasting() {
          return false;
        }

        @Override
        public void send(String message) {
          throw new IllegalStateException("a POST has one answer");
        }
      };

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.method().equals("POST")) {
      answer(exchange, 405, "JSON-RPC is spoken by POST\n");
      return;
    }
    byte[] message = exchange.body().readNBytes(RpcServer.MAX_MESSAGE + 1);
    if (message.length > RpcServer.MAX_MESSAGE) {
      answer(exchange, 413, "a message has at most " + RpcServer.MAX_MESSAGE + " bytes\n");
      return;
    }
    String text = new String(message, StandardCharsets.UTF_8);
    answer(exchange, 200, dispatcher.answer(text, new Exchange(NOBODY)).orElse(""));
  }

  private static void answer(HttpExchange exchange, int status, String body) {
    exchange.set("Content-Type", "application/json; charset=utf-8");
    exchange.answer(status, body.getBytes(StandardCharsets.UTF_8));
  }
}
