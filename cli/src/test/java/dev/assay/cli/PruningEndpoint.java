package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;

/**
 * Passes JSON-RPC on to a node, but answers about the state of some blocks as a node does that has
 * dropped it (Substrate's code and words).
 */
final class PruningEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final Set<String> pruned;

  private PruningEndpoint(HttpServer server, URI node, Set<String> pruned) {
    this.server = server;
    this.node = node;
    this.pruned = pruned;
  }

  static PruningEndpoint start(URI node, Set<String> pruned) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PruningEndpoint endpoint = new PruningEndpoint(server, node, pruned);
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode asked = JSON.readTree(exchange.getRequestBody());
      byte[] answer = JSON.writeValueAsBytes(answerTo(asked));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private JsonNode answerTo(JsonNode asked) throws IOException {
    if (!asked.isArray()) {
      return isPruned(asked) ? discarded(asked) : passedOn(asked);
    }
    ArrayNode answers = JSON.createArrayNode();
    for (JsonNode each : asked) {
      answers.add(answerTo(each));
    }
    return answers;
  }

  private boolean isPruned(JsonNode asked) {
    JsonNode parameters = asked.path("params");
    JsonNode last = parameters.path(parameters.size() - 1);
    return asked.path("method").asText().startsWith("state_") && pruned.contains(last.asText());
  }

  private static ObjectNode discarded(JsonNode asked) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", asked.get("id"));
    // The two that ask the runtime through its API name the same failure otherwise.
    boolean byApi =
        Set.of("state_getRuntimeVersion", "state_getMetadata")
            .contains(asked.path("method").asText());
    String name = byApi ? "Api called for an unknown Block" : "UnknownBlock";
    answer
        .putObject("error")
        .put("code", 4003)
        .put("message", "Client error: " + name + ": State already discarded for the block");
    return answer;
  }

  private JsonNode passedOn(JsonNode asked) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(asked)))
            .build();
    try {
      return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
