package dev.assay.chain.subtensor;

import dev.assay.chain.metadata.Value;
import java.util.List;

/** One entry of a storage map: the parts of its key, and its value. */
public record StorageItem(List<Value> keys, Value value) {
  public StorageItem {
    keys = List.copyOf(keys);
  }

  /** A part of the key. */
  public Value key(int index) {
    return keys.get(index);
  }
}
