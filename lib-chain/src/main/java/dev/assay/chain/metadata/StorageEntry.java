package dev.assay.chain.metadata;

import dev.assay.chain.hash.StorageHasher;
import java.util.List;

/**
 * A storage item.
 *
 * @param optional whether an absent key means nothing; otherwise it means {@code fallback}
 * @param hashers one for each part of the key; none for a plain value
 * @param keys the types of the key's parts, as many as hashers
 * @param fallback the SCALE bytes of the value of an absent key
 */
public record StorageEntry(
    String name,
    boolean optional,
    List<StorageHasher> hashers,
    List<Integer> keys,
    int value,
    Value.Bytes fallback) {
  public StorageEntry {
    hashers = List.copyOf(hashers);
    keys = List.copyOf(keys);
  }
}
