package dev.assay.chain.rpc;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JDK's HTTP clients of this process, one for each limit of connecting. A client has threads of
 * its own that end only some time after nothing refers to it any more; a process that connects
 * again and again would gather them.
 */
final class HttpClients {
  private static final Map<Duration, HttpClient> CLIENTS = new ConcurrentHashMap<>();

  private HttpClients() {}

  /** The client that gives up connecting after so long; it follows no redirects. */
  static HttpClient connecting(Duration limit) {
    return CLIENTS.computeIfAbsent(
        limit,
        time ->
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(time)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
  }
}
