package dev.assay.chain.subtensor;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.node.Node;
import dev.assay.chain.scale.ScaleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all entries under a prefix at one block: the keys in pages, then each page's values. */
final class StoragePages {
  private static final int PAGE = 1000;

  /** A subnet has at most 4096 members; a map far beyond is not one that belongs here. */
  private static final int MOST_PAGES = 100;

  private StoragePages() {}

  static Map<String, byte[]> read(byte[] prefix, Node node, Hash block) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    Optional<byte[]> last = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      List<byte[]> keys = node.keys(prefix, PAGE, last, block);
      if (keys.isEmpty()) {
        return values;
      }
      requireProgress(keys, prefix, last);
      values.putAll(node.storage(new ArrayList<>(keys), block));
      last = Optional.of(keys.get(keys.size() - 1));
      if (keys.size() < PAGE) {
        return values;
      }
    }
    throw new ScaleException(0, "a storage map has more than " + MOST_PAGES * PAGE + " entries");
  }

  /** A node that repeats keys, or answers with others, must not keep us here. */
  private static void requireProgress(List<byte[]> keys, byte[] prefix, Optional<byte[]> last) {
    byte[] previous = last.orElse(new byte[0]);
    for (byte[] key : keys) {
      boolean inside =
          key.length >= prefix.length
              && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
      if (!inside || Arrays.compareUnsigned(previous, key) >= 0) {
        throw new ScaleException(0, "the node's page of keys is out of order: " + Node.hex(key));
      }
      previous = key;
    }
  }
}
