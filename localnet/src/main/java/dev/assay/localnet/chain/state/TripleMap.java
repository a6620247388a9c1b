package dev.assay.localnet.chain.state;

import dev.assay.localnet.chain.metadata.Pair;
import java.util.List;

/** A map of three keys. */
public record TripleMap<A, B, C, V>(StorageItem<V> item, StorageItem.KeyPart<C> third) {

  /** Where the value of three keys lies. */
  public StorageKey<V> at(A first, B second, C third) {
    return item.key(first, second, third);
  }

  /** Everything under two keys, in the order of the storage keys. */
  public List<Pair<C, V>> entries(Storage storage, A first, B second) {
    return storage.under(item.partial(first, second), item, third);
  }
}
