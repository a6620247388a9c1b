package dev.assay.chain.keys;

import dev.assay.chain.scale.Bytes;

/**
 * An account: the 32 bytes of a public key. Shown as its SS58 address; ordered by its bytes.
 *
 * @param key the bytes
 */
public record AccountId(Bytes key) implements Comparable<AccountId> {
  /** The bytes of an account. */
  public static final int LENGTH = 32;

  /** Refuses any other number of bytes. */
  public AccountId {
    if (key.length() != LENGTH) {
      throw new IllegalArgumentException(
          "an account has " + LENGTH + " bytes, not " + key.length());
    }
  }

  /** The account of 32 bytes, which are copied. */
  public static AccountId of(byte[] bytes) {
    return new AccountId(new Bytes(bytes.clone()));
  }

  /** The account of 64 hexadecimal digits, with or without {@code 0x}. */
  public static AccountId fromHex(String hex) {
    return new AccountId(Bytes.fromHex(hex));
  }

  /** The account behind an SS58 address with the prefix 42. */
  public static AccountId fromSs58(String address) {
    return new AccountId(new Bytes(Ss58.decode(address)));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return key.raw().clone();
  }

  /** The SS58 address with the prefix 42. */
  public String ss58() {
    return Ss58.encode(key.raw());
  }

  @Override
  public int compareTo(AccountId other) {
    return key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return ss58();
  }
}
