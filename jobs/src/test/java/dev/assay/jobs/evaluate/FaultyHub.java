package dev.assay.jobs.evaluate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy before a hub that damages what passes. */
final class FaultyHub implements AutoCloseable {
  /** What happens to an answer on its way. */
  interface Damage {
    /**
     * Answers a request.
     *
     * @param times how often the path was asked for, this time included
     * @param answer the hub's
     */
    void pass(HttpExchange exchange, int times, HttpResponse<byte[]> answer) throws IOException;
  }

  private final URI hub;
  private final Damage damage;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  FaultyHub(URI hub, Damage damage) throws IOException {
    this.hub = hub;
    this.damage = damage;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers nothing until the end. */
  void holdBack() {
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes an answer as it is. */
  static void pass(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    pass(exchange, answer, answer.body());
  }

  /** Passes an answer with another body. */
  static void pass(HttpExchange exchange, HttpResponse<byte[]> answer, byte[] body)
      throws IOException {
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!List.of("content-length", "connection", "date").contains(name)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Refuses with a status and the hub's words. */
  static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    exchange.getResponseHeaders().set("X-Error-Message", message);
    exchange.sendResponseHeaders(status, -1);
  }

  /** Refuses as the real hub refuses a gated repository's files, which it lists to everybody. */
  static void refuseGated(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("X-Error-Code", "GatedRepo");
    refuse(exchange, 401, "Access to model miners/m1 is restricted");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub + path));
      for (String name : List.of("Range", "Accept", "Authorization")) {
        List<String> values = exchange.getRequestHeaders().get(name);
        if (values != null) {
          request.header(name, values.get(0));
        }
      }
      damage.pass(
          exchange,
          asked.merge(path, 1, Integer::sum),
          client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on nobody listens. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
