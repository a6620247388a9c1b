package dev.assay.localnet.hub;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * How a hub starts.
 *
 * @param host the address to listen on; keep it a loopback address
 * @param port the port, 0 for any free one
 * @param directory where contents and commits are kept; created when missing
 * @param tokens the bearer token that may write to a namespace, by namespace; reading is open to
 *     all
 * @param start the time of each repository's first commit; every later commit is one second
 *     younger, so that revisions depend on what is committed and never on when
 * @param maxFileBytes the largest file that the hub takes
 */
public record HubOptions(
    String host,
    int port,
    Path directory,
    Map<String, String> tokens,
    Instant start,
    long maxFileBytes) {

  /** Copies the tokens; refuses empty ones, and one token for two namespaces. */
  public HubOptions {
    tokens = Map.copyOf(tokens);
    if (tokens.values().stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a namespace of the hub has an empty token");
    }
    if (tokens.values().stream().distinct().count() != tokens.size()) {
      throw new IllegalArgumentException("two namespaces of the hub share one token");
    }
  }

  /** On any free port of the loopback address, with files of up to 4 GiB. */
  public static HubOptions local(Path directory, Map<String, String> tokens, Instant start) {
    return new HubOptions("127.0.0.1", 0, directory, tokens, start, 4L << 30);
  }

  /** Listens on another port. */
  public HubOptions withPort(int newPort) {
    return new HubOptions(host, newPort, directory, tokens, start, maxFileBytes);
  }

  @Override
  public String toString() {
    return "HubOptions[" + host + ":" + port + ", " + directory + ", " + tokens.keySet() + "]";
  }
}
