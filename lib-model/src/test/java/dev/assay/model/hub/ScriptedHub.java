package dev.assay.model.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback address that answers as a test says, well or badly. */
final class ScriptedHub implements AutoCloseable {

  /** What to do with a request. */
  interface Answer {
    void to(HttpExchange exchange, int timesAsked) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  ScriptedHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Method, path and what matters of the headers of every request so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  ScriptedHub on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** Lists one large file of a content under a name, with any size. */
  ScriptedHub lists(String path, byte[] content, long size) throws Exception {
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    String tree =
        "[{\"type\":\"file\",\"path\":\"%s\",\"size\":%d,\"oid\":\"%s\","
                .formatted(path, size, "0".repeat(40))
            + "\"lfs\":{\"oid\":\"%s\",\"size\":%d,\"pointerSize\":130}}]".formatted(sha256, size);
    return on("/api/models/a/b/tree/" + HubClientTest.REVISION, answer(200, tree));
  }

  static Answer answer(int status, String body) {
    return answer(status, body.getBytes(StandardCharsets.UTF_8));
  }

  static Answer answer(int status, byte[] body) {
    return (exchange, times) -> {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(
          exchange.getRequestMethod()
              + " "
              + path
              + (authorization == null ? "" : " with token")
              + (range == null ? "" : " " + range));
      int times;
      synchronized (asked) {
        times = asked.merge(path, 1, Integer::sum);
      }
      answers.getOrDefault(path, answer(404, "")).to(exchange, times);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
