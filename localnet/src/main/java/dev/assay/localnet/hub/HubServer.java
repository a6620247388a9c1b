package dev.assay.localnet.hub;

import com.sun.net.httpserver.HttpServer;
import dev.assay.localnet.PortTakenException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running hub. It is ready when {@link #start} returns and its port is free again when {@link
 * #close} returns; the directory can then be opened by another hub.
 */
public final class HubServer implements AutoCloseable {

  private static final int THREADS = 8;
  private static final int BACKLOG = 64;

  static {
    // Without it each answer on a kept connection waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final URI address;

  private HubServer(HttpServer server, ExecutorService threads, URI address) {
    this.server = server;
    this.threads = threads;
    this.address = address;
  }

  /**
   * Starts a hub on what its directory holds.
   *
   * @throws PortTakenException when something else listens on the port
   * @throws IOException when the directory cannot be written
   */
  public static HubServer start(HubOptions options) throws IOException {
    ContentStore contents = new ContentStore(options.directory(), options.maxFileBytes());
    Repositories repositories =
        new Repositories(options.directory(), options.start().getEpochSecond());
    Tokens tokens = new Tokens(options.tokens());
    HubRoutes routes =
        new HubRoutes(
            tokens,
            new ModelApi(repositories, contents, tokens),
            new LargeFileApi(repositories, contents, tokens, options.maxFileBytes()),
            new ResolveApi(repositories, contents));
    HttpServer server = listen(options);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, named("hub"));
    server.setExecutor(threads);
    server.createContext("/", routes);
    server.start();
    URI address = URI.create("http://" + options.host() + ":" + server.getAddress().getPort());
    return new HubServer(server, threads, address);
  }

  /** The base address, without a slash at its end: what a client calls the endpoint. */
  public URI address() {
    return address;
  }

  /** Stops listening, breaks off what is under way and waits for its threads to end. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the hub's threads did not end within 10 seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer listen(HubOptions options) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(options.host(), options.port()), BACKLOG);
    } catch (BindException e) {
      throw new PortTakenException("hub", options.port(), e);
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
