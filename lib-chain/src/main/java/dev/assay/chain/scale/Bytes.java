package dev.assay.chain.scale;

import java.util.Arrays;
import java.util.HexFormat;

/** Any number of bytes that are not changed; ordered as a trie walks its keys. */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] raw;

  /** Takes the array as it is: its creator must not change it afterwards. */
  public Bytes(byte[] raw) {
    this.raw = raw;
  }

  /**
   * The bytes of hexadecimal digits, with or without {@code 0x}.
   *
   * @throws IllegalArgumentException when they are no such digits, or their number is odd
   */
  public static Bytes fromHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
  }

  /** The very array, to be read only. */
  public byte[] raw() {
    return raw;
  }

  /** How many there are. */
  public int length() {
    return raw.length;
  }

  /** Whether these bytes begin with the prefix. */
  public boolean startsWith(Bytes prefix) {
    return raw.length >= prefix.raw.length
        && Arrays.equals(raw, 0, prefix.raw.length, prefix.raw, 0, prefix.raw.length);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(raw, other.raw);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(raw);
  }
}
