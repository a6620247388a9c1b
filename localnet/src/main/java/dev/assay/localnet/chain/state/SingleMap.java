package dev.assay.localnet.chain.state;

import dev.assay.localnet.chain.metadata.Pair;
import java.util.List;

/** A map of one key. */
public record SingleMap<K, V>(StorageItem<V> item, StorageItem.KeyPart<K> part) {

  /** Where the value of a key lies. */
  public StorageKey<V> at(K key) {
    return item.key(key);
  }

  /** Everything in the map, in the order of the storage keys. */
  public List<Pair<K, V>> entries(Storage storage) {
    return storage.under(item.prefix(), item, part);
  }
}
