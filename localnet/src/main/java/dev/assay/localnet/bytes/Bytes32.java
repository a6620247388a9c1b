package dev.assay.localnet.bytes;

import dev.assay.chain.scale.Bytes;

/** Thirty-two bytes that name something: an account, a block, an extrinsic, a commit. */
public record Bytes32(Bytes value) implements Comparable<Bytes32> {
  /** What Substrate's default account and hash are. */
  public static final Bytes32 ZERO = new Bytes32(new byte[32]);

  /** Refuses any other number of bytes. */
  public Bytes32 {
    if (value.length() != 32) {
      throw new IllegalArgumentException("32 bytes are needed, not " + value.length());
    }
  }

  /** Copies the bytes. */
  public Bytes32(byte[] bytes) {
    this(new Bytes(bytes.clone()));
  }

  /** A copy of them. */
  public byte[] bytes() {
    return value.raw().clone();
  }

  @Override
  public int compareTo(Bytes32 other) {
    return value.compareTo(other.value);
  }

  /** Hexadecimal digits after {@code 0x}. */
  @Override
  public String toString() {
    return value.toString();
  }
}
