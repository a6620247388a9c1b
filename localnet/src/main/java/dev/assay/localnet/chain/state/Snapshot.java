package dev.assay.localnet.chain.state;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * The state after one block. It shares all that a block left alone with the state before.
 *
 * <p>The root is not Substrate's trie root but a digest of the same content: the sum, modulo 2^256,
 * of the hashes of all entries. It depends on nothing but the entries and follows from the previous
 * root and the changes.
 */
public final class Snapshot {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  /** Nothing stored. */
  public static final Snapshot EMPTY = new Snapshot(TreePMap.empty(), BigInteger.ZERO);

  private final TreePMap<Bytes, byte[]> entries;
  private final BigInteger sum;

  private Snapshot(TreePMap<Bytes, byte[]> entries, BigInteger sum) {
    this.entries = entries;
    this.sum = sum;
  }

  Snapshot next(TreePMap<Bytes, byte[]> changed, Collection<Bytes> touched) {
    BigInteger next = sum;
    for (Bytes key : touched) {
      next = next.subtract(digest(key, entries.get(key))).add(digest(key, changed.get(key)));
    }
    return new Snapshot(changed, next.mod(MODULUS));
  }

  /** A copy to execute a block on. */
  public Storage storage() {
    return new Storage(this);
  }

  TreePMap<Bytes, byte[]> entries() {
    return entries;
  }

  /** What header calls the state root. */
  public Bytes32 root() {
    byte[] bytes = sum.toByteArray();
    byte[] root = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, root, 32 - length, length);
    return new Bytes32(root);
  }

  /** The bytes under a raw key. */
  public Optional<byte[]> get(Bytes key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Up to {@code count} keys with the prefix that come after {@code start}, sorted. */
  public List<Bytes> keys(Bytes prefix, Bytes start, int count) {
    boolean startsBefore = start.compareTo(prefix) < 0;
    Map<Bytes, byte[]> rest =
        startsBefore ? entries.tailMap(prefix, true) : entries.tailMap(start, false);
    List<Bytes> found = new ArrayList<>();
    for (Bytes key : rest.keySet()) {
      if (found.size() == count || !key.startsWith(prefix)) {
        break;
      }
      found.add(key);
    }
    return found;
  }

  private static BigInteger digest(Bytes key, byte[] value) {
    if (value == null) {
      return BigInteger.ZERO;
    }
    ScaleWriter entry = new ScaleWriter().byteVec(key.raw()).byteVec(value);
    return new BigInteger(1, Blake2.blake2b256(entry.toByteArray()));
  }
}
