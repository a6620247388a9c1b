package dev.assay.jobs.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.service.ValidatorSettings.Address;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Answers {@code GET /healthz} and {@code GET /metrics}, and nothing else. Answers come from
 * memory, so that a slow chain delays none of them.
 */
public final class MonitorServer implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 32;

  /** An answer. */
  public record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final ThreadPoolExecutor threads;

  private MonitorServer(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to answer.
   *
   * @throws ConfigurationException if the address can't be listened on
   */
  public static MonitorServer start(
      Address address, Supplier<Answer> health, Supplier<Answer> metrics) {
    // The JDK's server waits for ever for a request that comes by drops, unless it is told.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(address.host(), address.port()), MOST_WAITING);
      ThreadPoolExecutor threads = threads();
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, health, metrics));
      server.start();
      return new MonitorServer(server, threads);
    } catch (IOException | IllegalArgumentException | SecurityException taken) {
      throw new ConfigurationException(
          "validator.listen is %s:%d, which can't be listened on: %s"
              .formatted(address.host(), address.port(), taken.getMessage()),
          taken);
    }
  }

  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MOST_WAITING),
        task -> {
          Thread thread = new Thread(task, "assay-monitor");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void answer(
      HttpExchange exchange, Supplier<Answer> health, Supplier<Answer> metrics) throws IOException {
    try (exchange) {
      Answer answer =
          switch (exchange.getRequestURI().getPath()) {
            case "/healthz" -> health.get();
            case "/metrics" -> metrics.get();
            default -> new Answer(404, "text/plain; charset=utf-8", "/healthz or /metrics\n");
          };
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** Where it answers. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    return URI.create("http://" + bound.getHostString() + ":" + bound.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
