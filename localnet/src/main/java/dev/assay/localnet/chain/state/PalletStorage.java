package dev.assay.localnet.chain.state;

import dev.assay.chain.hash.StorageHasher;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.state.StorageItem.KeyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Declares a pallet's storage items, and so lists them in the order of their declaration. */
public final class PalletStorage {
  private final String pallet;
  private final List<StorageItem<?>> items = new ArrayList<>();

  /**
   * @param pallet the pallet's name, which its storage keys begin with
   */
  public PalletStorage(String pallet) {
    this.pallet = pallet;
  }

  /** What has been declared. */
  public List<StorageItem<?>> items() {
    return List.copyOf(items);
  }

  /** A value that is {@code fallback} until it is written. */
  public <V> Plain<V> plain(String name, Shape<V> value, V fallback) {
    return new Plain<>(declare(name, List.of(), value, Optional.of(fallback)));
  }

  /** A value that may be absent. */
  public <V> Plain<V> optional(String name, Shape<V> value) {
    return new Plain<>(declare(name, List.of(), value, Optional.empty()));
  }

  /** A map whose values are {@code fallback} until they are written. */
  public <K, V> SingleMap<K, V> map(
      String name, StorageHasher hasher, Shape<K> key, Shape<V> value, V fallback) {
    KeyPart<K> part = new KeyPart<>(hasher, key);
    return new SingleMap<>(declare(name, List.of(part), value, Optional.of(fallback)), part);
  }

  /** A map whose values may be absent. */
  public <K, V> SingleMap<K, V> optionalMap(
      String name, StorageHasher hasher, Shape<K> key, Shape<V> value) {
    KeyPart<K> part = new KeyPart<>(hasher, key);
    return new SingleMap<>(declare(name, List.of(part), value, Optional.empty()), part);
  }

  /** A map of two keys whose values are {@code fallback} until they are written. */
  public <A, B, V> DoubleMap<A, B, V> map(
      String name, KeyPart<A> first, KeyPart<B> second, Shape<V> value, V fallback) {
    return new DoubleMap<>(
        declare(name, List.of(first, second), value, Optional.of(fallback)), second);
  }

  /** A map of two keys whose values may be absent. */
  public <A, B, V> DoubleMap<A, B, V> optionalMap(
      String name, KeyPart<A> first, KeyPart<B> second, Shape<V> value) {
    return new DoubleMap<>(declare(name, List.of(first, second), value, Optional.empty()), second);
  }

  /** A map of three keys whose values are {@code fallback} until they are written. */
  public <A, B, C, V> TripleMap<A, B, C, V> map(
      String name,
      KeyPart<A> first,
      KeyPart<B> second,
      KeyPart<C> third,
      Shape<V> value,
      V fallback) {
    return new TripleMap<>(
        declare(name, List.of(first, second, third), value, Optional.of(fallback)), third);
  }

  private <V> StorageItem<V> declare(
      String name, List<KeyPart<?>> keys, Shape<V> value, Optional<V> fallback) {
    StorageItem<V> item = StorageItem.of(pallet, name, keys, value, fallback);
    items.add(item);
    return item;
  }
}
