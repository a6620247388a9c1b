package dev.assay.jobs.placement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Rendezvous hashing: each content ranks the nodes by its own hash of each. A node that joins takes
 * only what ranks it first, and one that leaves gives only what it had to what ranks next.
 */
final class Rendezvous {
  private record Ranked(String node, long hash) {}

  private Rendezvous() {}

  /** The nodes, the content's first choice first; the same for every order of the nodes. */
  static List<String> ranked(String content, Collection<String> nodes) {
    return nodes.stream()
        .map(node -> new Ranked(node, hash(content, node)))
        .sorted(
            Comparator.comparing(Ranked::hash, Long::compareUnsigned)
                .reversed()
                .thenComparing(Ranked::node))
        .map(Ranked::node)
        .toList();
  }

  private static long hash(String content, String node) {
    MessageDigest sha256 = sha256();
    sha256.update(content.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    return ByteBuffer.wrap(sha256.digest(node.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
