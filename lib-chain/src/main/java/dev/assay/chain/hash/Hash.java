package dev.assay.chain.hash;

import dev.assay.chain.scale.Bytes;

/**
 * The 32 bytes that name a block or an extrinsic. Shown as {@code 0x} and 64 digits.
 *
 * @param value the bytes
 */
public record Hash(Bytes value) {
  /** The bytes of a hash. */
  public static final int LENGTH = 32;

  /** Refuses any other number of bytes. */
  public Hash {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, not " + value.length());
    }
  }

  /** The hash of 32 bytes, which are copied. */
  public static Hash of(byte[] bytes) {
    return new Hash(new Bytes(bytes.clone()));
  }

  /** The hash of 64 hexadecimal digits, with or without {@code 0x}. */
  public static Hash fromHex(String hex) {
    return new Hash(Bytes.fromHex(hex));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return value.raw().clone();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
