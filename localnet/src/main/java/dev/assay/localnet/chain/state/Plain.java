package dev.assay.localnet.chain.state;

/** A single value. */
public record Plain<V>(StorageItem<V> item) {

  /** Where it lies. */
  public StorageKey<V> key() {
    return item.key();
  }
}
