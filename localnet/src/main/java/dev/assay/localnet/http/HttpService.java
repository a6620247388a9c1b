package dev.assay.localnet.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * An HTTP server of the localnet with a bounded pool of threads. It answers when {@link #start}
 * returns, and its port is free again when {@link #close} returns.
 */
public final class HttpService implements AutoCloseable {

  private static final int THREADS = 32;
  private static final int BACKLOG = 64;
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final int END_SECONDS = 10;

  static {
    // Without it each answer on a kept connection waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Without them a client that stops in the middle of a request or an answer keeps a thread for
    // ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "120");
    System.setProperty("sun.net.httpserver.maxRspTime", "3600");
    System.setProperty("sun.net.httpserver.idleInterval", "30");
  }

  private final String name;
  private final HttpServer server;
  private final ExecutorService threads;
  private final URI address;

  private HttpService(String name, HttpServer server, ExecutorService threads, URI address) {
    this.name = name;
    this.server = server;
    this.threads = threads;
    this.address = address;
  }

  /**
   * Starts a server that hands every request to the handler.
   *
   * @param name says in messages and thread names which service it is
   * @param port 0 for any free one
   * @throws PortTakenException when something else listens on the port
   */
  public static HttpService start(String name, String host, int port, HttpHandler handler)
      throws IOException {
    HttpServer server = listen(name, host, port);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, named(name));
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(handler, exchange));
    server.start();
    URI address = URI.create("http://" + host + ":" + server.getAddress().getPort());
    return new HttpService(name, server, threads, address);
  }

  /** A length that is none would be waited for, or read as the next request. */
  private static void handle(HttpHandler handler, HttpExchange exchange) throws IOException {
    List<String> lengths = exchange.getRequestHeaders().getOrDefault("Content-Length", List.of());
    if (lengths.size() > 1 || !lengths.stream().allMatch(each -> LENGTH.matcher(each).matches())) {
      try (exchange) {
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(400, -1);
      }
      return;
    }
    handler.handle(exchange);
  }

  /** The base address, without a slash at its end. */
  public URI address() {
    return address;
  }

  /** Stops listening, breaks off what is under way and waits for its threads to end. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "the threads of the " + name + " did not end within " + END_SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer listen(String name, String host, int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    } catch (BindException e) {
      throw new PortTakenException(name, port, e);
    }
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
