package dev.assay.chain.keys;

import dev.assay.chain.hash.Blake2;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * SS58, the text form of an account: base58 of a prefix that names the network, the 32 bytes, and
 * two bytes of checksum.
 */
public final class Ss58 {
  /** The prefix of Bittensor, and of Substrate chains in general. */
  public static final int PREFIX = 42;

  private static final byte[] CHECKSUM_CONTEXT = "SS58PRE".getBytes(StandardCharsets.US_ASCII);
  private static final int ACCOUNT_LENGTH = 32;
  private static final int CHECKSUM_LENGTH = 2;
  private static final int LONGEST = 64;

  private Ss58() {}

  /** The address of an account of 32 bytes under the prefix 42. */
  public static String encode(byte[] account) {
    return encode(account, PREFIX);
  }

  /** The address of an account of 32 bytes under a prefix of one byte, 0 to 63. */
  public static String encode(byte[] account, int prefix) {
    if (account.length != ACCOUNT_LENGTH) {
      throw new IllegalArgumentException(
          "an account has " + ACCOUNT_LENGTH + " bytes, not " + account.length);
    }
    if (prefix < 0 || prefix > 63) {
      throw new IllegalArgumentException("SS58 prefix " + prefix + " is outside 0 to 63");
    }
    byte[] body = new byte[1 + ACCOUNT_LENGTH];
    body[0] = (byte) prefix;
    System.arraycopy(account, 0, body, 1, ACCOUNT_LENGTH);
    byte[] whole = Arrays.copyOf(body, body.length + CHECKSUM_LENGTH);
    System.arraycopy(checksum(body), 0, whole, body.length, CHECKSUM_LENGTH);
    return Base58.encode(whole);
  }

  /** The 32 bytes behind an address under the prefix 42. */
  public static byte[] decode(String address) {
    return decode(address, PREFIX);
  }

  /**
   * The 32 bytes behind an address.
   *
   * @throws IllegalArgumentException if the text is not an address of this prefix
   */
  public static byte[] decode(String address, int prefix) {
    if (address.length() > LONGEST) {
      throw new IllegalArgumentException(
          "an SS58 address has at most " + LONGEST + " characters, not " + address.length());
    }
    byte[] whole;
    try {
      whole = Base58.decode(address);
    } catch (IllegalArgumentException notBase58) {
      throw new IllegalArgumentException(
          "\"" + address + "\" is not an SS58 address: " + notBase58.getMessage(), notBase58);
    }
    if (whole.length != 1 + ACCOUNT_LENGTH + CHECKSUM_LENGTH) {
      throw new IllegalArgumentException(
          "\"" + address + "\" is not the SS58 address of an account of 32 bytes");
    }
    if (whole[0] != prefix) {
      throw new IllegalArgumentException(
          "the SS58 address \"%s\" has the prefix %d; expected %d"
              .formatted(address, whole[0] & 0xff, prefix));
    }
    int end = 1 + ACCOUNT_LENGTH;
    byte[] expected = checksum(Arrays.copyOf(whole, end));
    if (whole[end] != expected[0] || whole[end + 1] != expected[1]) {
      throw new IllegalArgumentException(
          "the checksum of the SS58 address \"" + address + "\" is wrong; is a letter mistyped?");
    }
    return Arrays.copyOfRange(whole, 1, end);
  }

  private static byte[] checksum(byte[] body) {
    byte[] input = Arrays.copyOf(CHECKSUM_CONTEXT, CHECKSUM_CONTEXT.length + body.length);
    System.arraycopy(body, 0, input, CHECKSUM_CONTEXT.length, body.length);
    return Blake2.blake2b512(input);
  }
}
