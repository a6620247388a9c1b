package dev.assay.localnet.bytes;

import java.util.Arrays;
import java.util.HexFormat;

/** Thirty-two bytes that name something: an account, a block, an extrinsic, a commit. */
public final class Bytes32 implements Comparable<Bytes32> {
  /** What Substrate's default account and hash are. */
  public static final Bytes32 ZERO = new Bytes32(new byte[32]);

  private final byte[] bytes;

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException unless there are 32
   */
  public Bytes32(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("32 bytes are needed, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** A copy of them. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(Bytes32 other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes32 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Hexadecimal digits after {@code 0x}. */
  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
