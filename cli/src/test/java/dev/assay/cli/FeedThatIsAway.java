package dev.assay.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a feed, and answers for it that it is away, a few times. */
final class FeedThatIsAway implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger left;
  private final URI feed;
  private final HttpServer server;

  FeedThatIsAway(URI feed, int times) throws IOException {
    this.feed = feed;
    left = new AtomicInteger(times);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (left.getAndDecrement() > 0) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      HttpRequest request = HttpRequest.newBuilder(feed.resolve(exchange.getRequestURI())).build();
      HttpResponse<byte[]> given = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      for (String header : List.of("Content-Type", "Feed-Head-Block", "Feed-Next-Block")) {
        given
            .headers()
            .firstValue(header)
            .ifPresent(value -> exchange.getResponseHeaders().set(header, value));
      }
      exchange.sendResponseHeaders(given.statusCode(), 0);
      exchange.getResponseBody().write(given.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
