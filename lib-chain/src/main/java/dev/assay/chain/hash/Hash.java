package dev.assay.chain.hash;

import java.util.Arrays;
import java.util.HexFormat;

/** The 32 bytes that name a block or an extrinsic. Shown as {@code 0x} and 64 digits. */
public final class Hash {
  /** The bytes of a hash. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** The hash of 32 bytes, which are copied. */
  public static Hash of(byte[] bytes) {
    return new Hash(bytes.clone());
  }

  /** The hash of 64 hexadecimal digits, with or without {@code 0x}. */
  public static Hash fromHex(String hex) {
    return new Hash(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
