package dev.assay.chain.keys;

import java.util.Arrays;
import java.util.HexFormat;

/** An account: the 32 bytes of a public key. Shown as its SS58 address; ordered by its bytes. */
public final class AccountId implements Comparable<AccountId> {
  /** The bytes of an account. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private AccountId(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "an account has " + LENGTH + " bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** The account of 32 bytes, which are copied. */
  public static AccountId of(byte[] bytes) {
    return new AccountId(bytes.clone());
  }

  /** The account of 64 hexadecimal digits, with or without {@code 0x}. */
  public static AccountId fromHex(String hex) {
    return new AccountId(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
  }

  /** The account behind an SS58 address with the prefix 42. */
  public static AccountId fromSs58(String address) {
    return new AccountId(Ss58.decode(address));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The SS58 address with the prefix 42. */
  public String ss58() {
    return Ss58.encode(bytes);
  }

  @Override
  public int compareTo(AccountId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountId account && Arrays.equals(bytes, account.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return ss58();
  }
}
