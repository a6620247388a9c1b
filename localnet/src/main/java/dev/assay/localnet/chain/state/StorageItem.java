package dev.assay.localnet.chain.state;

import dev.assay.chain.hash.StorageHasher;
import dev.assay.chain.hash.Twox;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.localnet.chain.metadata.Shape;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * What a pallet keeps in storage under one name.
 *
 * @param keys empty for a plain value
 * @param fallback what an absent key means; empty where it means nothing ({@code OptionQuery})
 * @param prefix what every key of the item begins with
 */
public record StorageItem<V>(
    String pallet,
    String name,
    List<KeyPart<?>> keys,
    Shape<V> value,
    Optional<V> fallback,
    Bytes prefix) {

  /** One key of a map and how it is hashed. */
  public record KeyPart<K>(StorageHasher hasher, Shape<K> shape) {

    private void append(ByteArrayOutputStream out, Object key) {
      out.writeBytes(hasher.apply(encode(key)));
    }

    // The typed maps are the only callers, and they give a K.
    @SuppressWarnings("unchecked")
    private byte[] encode(Object key) {
      return ((Shape<Object>) shape).encode(key);
    }
  }

  static <V> StorageItem<V> of(
      String pallet, String name, List<KeyPart<?>> keys, Shape<V> value, Optional<V> fallback) {
    ByteArrayOutputStream prefix = new ByteArrayOutputStream(32);
    prefix.writeBytes(Twox.twox128(pallet));
    prefix.writeBytes(Twox.twox128(name));
    return new StorageItem<>(pallet, name, keys, value, fallback, new Bytes(prefix.toByteArray()));
  }

  StorageKey<V> key(Object... keyValues) {
    return new StorageKey<>(partial(keyValues), this);
  }

  /** The prefix of every key whose first parts are these. */
  Bytes partial(Object... keyValues) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(80);
    out.writeBytes(prefix.raw());
    for (int i = 0; i < keyValues.length; i++) {
      keys.get(i).append(out, keyValues[i]);
    }
    return new Bytes(out.toByteArray());
  }

  /** The last part of a key that begins with {@code partial}. */
  <K> K lastPart(Bytes key, Bytes partial, KeyPart<K> part) {
    ScaleReader in = new ScaleReader(key.raw());
    in.skip(partial.raw().length + part.hasher().hashLength());
    return part.shape().decoder().apply(in);
  }
}
