package dev.assay.localnet.chain.state;

import dev.assay.localnet.chain.metadata.Pair;
import java.util.List;

/** A map of two keys. */
public record DoubleMap<A, B, V>(StorageItem<V> item, StorageItem.KeyPart<B> second) {

  /** Where the value of two keys lies. */
  public StorageKey<V> at(A first, B second) {
    return item.key(first, second);
  }

  /** Everything under a first key, in the order of the storage keys. */
  public List<Pair<B, V>> entries(Storage storage, A first) {
    return storage.under(item.partial(first), item, second);
  }
}
