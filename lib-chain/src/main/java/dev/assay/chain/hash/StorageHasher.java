package dev.assay.chain.hash;

import java.util.Arrays;

/** How a storage map turns a SCALE-encoded key into a part of the storage key. */
public enum StorageHasher {
  BLAKE2_128(16, false),
  BLAKE2_256(32, false),
  BLAKE2_128_CONCAT(16, true),
  TWOX_128(16, false),
  TWOX_256(32, false),
  TWOX_64_CONCAT(8, true),
  IDENTITY(0, true);

  private final int hashLength;
  private final boolean reversible;

  StorageHasher(int hashLength, boolean reversible) {
    this.hashLength = hashLength;
    this.reversible = reversible;
  }

  /** The part of the storage key that stands for {@code key}. */
  public byte[] apply(byte[] key) {
    byte[] hash = hash(key);
    if (!reversible) {
      return hash;
    }
    byte[] part = Arrays.copyOf(hash, hash.length + key.length);
    System.arraycopy(key, 0, part, hash.length, key.length);
    return part;
  }

  /** The bytes of hash that precede the key itself, or all there is where the key is lost. */
  public int hashLength() {
    return hashLength;
  }

  /** Whether the key follows its hash, so that it can be read back from a storage key. */
  public boolean reversible() {
    return reversible;
  }

  private byte[] hash(byte[] key) {
    return switch (this) {
      case BLAKE2_128, BLAKE2_128_CONCAT -> Blake2.blake2b128(key);
      case BLAKE2_256 -> Blake2.blake2b256(key);
      case TWOX_128 -> Twox.twox128(key);
      case TWOX_256 -> Twox.twox256(key);
      case TWOX_64_CONCAT -> Twox.twox64(key);
      case IDENTITY -> new byte[0];
    };
  }
}
