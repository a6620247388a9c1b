package dev.assay.model.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub whose repositories hold one file of weights each. */
final class FilesOnAHub implements AutoCloseable {
  static final Revision REVISION = new Revision("1".repeat(40));
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1000, 1000, 3, Duration.ofSeconds(20));

  private final HttpServer server;
  private final Map<String, String> weights = new HashMap<>();
  private final AtomicInteger downloads = new AtomicInteger();

  FilesOnAHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  FilesOnAHub with(String repository, String content) {
    weights.put(repository, content);
    return this;
  }

  Snapshot fetch(String repository, Path cache) throws IOException, InterruptedException {
    HubClient hub = HubClient.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    return CheckpointSource.hub(hub, cache).fetch(named(repository), REVISION, LIMITS);
  }

  static RepositoryId named(String repository) {
    return new RepositoryId("miner", repository);
  }

  /** Files that were asked for. */
  int downloads() {
    return downloads.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String repository = path.replaceFirst("^(/api/models)?/miner/", "").replaceFirst("/.*", "");
    byte[] content = weights.get(repository).getBytes(StandardCharsets.UTF_8);
    byte[] body = path.startsWith("/api") ? listing(content) : content;
    if (!path.startsWith("/api")) {
      downloads.incrementAndGet();
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] listing(byte[] content) {
    String sha256 = digest(content);
    return ("[{\"type\":\"file\",\"path\":\"model.safetensors\",\"size\":%d,\"oid\":\"%s\","
            + "\"lfs\":{\"oid\":\"%s\",\"size\":%d}}]")
        .formatted(content.length, "0".repeat(40), sha256, content.length)
        .getBytes(StandardCharsets.UTF_8);
  }

  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
