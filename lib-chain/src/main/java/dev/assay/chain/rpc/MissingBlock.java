package dev.assay.chain.rpc;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a node says that it has no such block, or no longer its state: the messages of polkadot-sdk
 * and of the Substrate before it, and the codes under which its methods and servers pass them on.
 * Codes alone don't tell: 4003 is any failure of the node's own, and some proxies give all a code.
 */
final class MissingBlock {
  /** A name for the failure that sp-blockchain and sp-api put in front of its reason. */
  private static final List<String> NAMES =
      List.of("UnknownBlock", "Unknown block", "Api called for an unknown Block");

  /** Reasons: sc-client-db, sc-client-api (in memory), sp-blockchain, sc-state-db, sp-trie. */
  private static final List<String> REASONS =
      List.of(
          "State already discarded for",
          "Header was not found in the database",
          "Header not found in db",
          "Expect header:",
          "Expect block number from id",
          "Expect block hash from id",
          "Require header:",
          "Failed to get header for hash",
          "Missing block component",
          "Block header not found",
          "Block not found",
          "State Database error",
          "Database missing expected key");

  /** The pool's codes: there the words are about an extrinsic. */
  private static final Set<Integer> POOL =
      Set.of(1010, 1011, 1012, 1013, 1014, 1015, 1016, 1017, 1018, 1019);

  private MissingBlock() {}

  static boolean isMeantBy(int code, String words) {
    if (POOL.contains(code)) {
      return false;
    }
    String plain = words.toLowerCase(Locale.ROOT);
    return contains(plain, NAMES) || contains(plain, REASONS);
  }

  private static boolean contains(String plain, List<String> any) {
    return any.stream().anyMatch(each -> plain.contains(each.toLowerCase(Locale.ROOT)));
  }
}
