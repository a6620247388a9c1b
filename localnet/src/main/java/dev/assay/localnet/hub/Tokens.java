package dev.assay.localnet.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** Write permissions: one bearer token per namespace. */
final class Tokens {

  private final Map<String, String> tokenOfNamespace;

  Tokens(Map<String, String> tokenOfNamespace) {
    this.tokenOfNamespace = tokenOfNamespace;
  }

  /**
   * The namespace whose token the request carries; 401 if it belongs to none. As on the real hub
   * that answer has words and no code, whatever was asked for.
   */
  Optional<String> namespace(HubRequest request) {
    Optional<String> token = request.bearerToken();
    if (token.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        tokenOfNamespace.entrySet().stream()
            .filter(entry -> same(entry.getValue(), token.get()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () -> new HubFailure(401, "", "Invalid credentials in Authorization header")));
  }

  /** Refuses a request that may not write to the namespace. */
  void requireWriter(HubRequest request, String namespace) {
    String writer =
        namespace(request)
            .orElseThrow(
                () ->
                    new HubFailure(401, "Unauthorized", "writing needs a bearer token; send one"));
    if (!writer.equals(namespace)) {
      throw new HubFailure(
          403, "Forbidden", "the token is of " + writer + " and cannot write to " + namespace);
    }
  }

  // Takes as long for a wrong token as for a right one.
  private static boolean same(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
