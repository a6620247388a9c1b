package dev.assay.chain.keys;

import java.math.BigInteger;
import java.util.Arrays;

/** Base58 with Bitcoin's alphabet, for the short texts of addresses. */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);

  private Base58() {}

  /** The digits of bytes; a zero in front is a digit of its own. */
  public static String encode(byte[] bytes) {
    StringBuilder reversed = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] quotient = rest.divideAndRemainder(BASE);
      reversed.append(ALPHABET.charAt(quotient[1].intValue()));
      rest = quotient[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      reversed.append(ALPHABET.charAt(0));
    }
    return reversed.reverse().toString();
  }

  /** Fails with an {@link IllegalArgumentException} that names the character. */
  static byte[] decode(String text) {
    BigInteger value = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("character " + (i + 1) + " is not base58");
      }
      if (digit == 0 && zeros == i) {
        zeros++;
      }
      value = value.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    byte[] magnitude = value.toByteArray();
    int sign = magnitude[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + magnitude.length - sign];
    System.arraycopy(magnitude, sign, bytes, zeros, magnitude.length - sign);
    return value.signum() == 0 ? Arrays.copyOf(bytes, zeros) : bytes;
  }
}
