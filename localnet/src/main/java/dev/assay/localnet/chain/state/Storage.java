package dev.assay.localnet.chain.state;

import dev.assay.chain.scale.Bytes;
import dev.assay.localnet.chain.metadata.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.pcollections.TreePMap;

/** The state while a block is executed on it. Not for more than one thread. */
public final class Storage {
  private final Snapshot before;
  private final Set<Bytes> touched = new HashSet<>();
  private TreePMap<Bytes, byte[]> entries;

  Storage(Snapshot before) {
    this.before = before;
    this.entries = before.entries();
  }

  /** A state to come back to. */
  public record Checkpoint(TreePMap<Bytes, byte[]> entries) {}

  /** What is stored now. */
  public Checkpoint checkpoint() {
    return new Checkpoint(entries);
  }

  /** Undoes what was written since the checkpoint. */
  public void rollback(Checkpoint checkpoint) {
    entries = checkpoint.entries();
  }

  /** The state after all that was written. */
  public Snapshot seal() {
    return before.next(entries, touched);
  }

  /**
   * The value, or the item's fallback.
   *
   * @throws IllegalStateException when there is neither
   */
  public <V> V get(StorageKey<V> key) {
    return find(key)
        .or(() -> key.item().fallback())
        .orElseThrow(
            () -> new IllegalStateException(key.item().name() + " has no value at " + key.bytes()));
  }

  /** The value, if it was written. */
  public <V> Optional<V> find(StorageKey<V> key) {
    return Optional.ofNullable(entries.get(key.bytes())).map(key.item().value()::decode);
  }

  /** Whether a value was written. */
  public boolean has(StorageKey<?> key) {
    return entries.containsKey(key.bytes());
  }

  /** Writes a value. */
  public <V> void put(StorageKey<V> key, V value) {
    putRaw(key.bytes(), key.item().value().encode(value));
  }

  /** Writes bytes under a raw key. */
  public void putRaw(Bytes key, byte[] value) {
    touched.add(key);
    entries = entries.plus(key, value);
  }

  /** Writes what a function makes of the present value or the fallback. */
  public <V> void update(StorageKey<V> key, UnaryOperator<V> change) {
    put(key, change.apply(get(key)));
  }

  /** Removes a value, if there is one. */
  public void remove(StorageKey<?> key) {
    touched.add(key.bytes());
    entries = entries.minus(key.bytes());
  }

  /** The value that {@link #remove} then removes. */
  public <V> V take(StorageKey<V> key) {
    V value = get(key);
    remove(key);
    return value;
  }

  <K, V> List<Pair<K, V>> under(Bytes partial, StorageItem<V> item, StorageItem.KeyPart<K> part) {
    List<Pair<K, V>> found = new ArrayList<>();
    for (Map.Entry<Bytes, byte[]> entry : entries.tailMap(partial, true).entrySet()) {
      if (!entry.getKey().startsWith(partial)) {
        break;
      }
      K key = item.lastPart(entry.getKey(), partial, part);
      found.add(new Pair<>(key, item.value().decode(entry.getValue())));
    }
    return found;
  }
}
