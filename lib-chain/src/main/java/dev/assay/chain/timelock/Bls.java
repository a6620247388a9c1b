package dev.assay.chain.timelock;

import java.math.BigInteger;
import java.util.HexFormat;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.PT;

/**
 * BLS12-381 as drand's quicknet uses it: signatures in G1 (48 bytes), public keys in G2 (96 bytes),
 * both in the compressed form.
 *
 * <p>Points are read only when their length and flags are right and they lie in the group of prime
 * order: the native library trusts the lengths it is given.
 */
final class Bls {
  static final int SIGNATURE_LENGTH = 48;
  static final int PUBLIC_KEY_LENGTH = 96;

  /** The order of both groups. */
  static final BigInteger ORDER =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

  private static final String DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
  private static final int FIELD_LENGTH = 48;
  private static final int COMPRESSED = 0x80;

  private Bls() {}

  /** The point that stands for a message, and that a beacon multiplies by its secret. */
  static P1 hash(byte[] message) {
    return new P1().hash_to(message, DOMAIN);
  }

  /**
   * @throws IllegalArgumentException unless the bytes are a compressed point of G1's prime-order
   *     group other than zero
   */
  static P1 signature(byte[] compressed) {
    requireCompressed(compressed, SIGNATURE_LENGTH, "signature");
    try {
      P1_Affine point = new P1_Affine(compressed);
      if (point.in_group() && !point.is_inf()) {
        return point.to_jacobian();
      }
    } catch (RuntimeException notOnTheCurve) {
      throw new IllegalArgumentException(notAPoint(compressed, "G1"), notOnTheCurve);
    }
    throw new IllegalArgumentException(notAPoint(compressed, "G1"));
  }

  /**
   * @throws IllegalArgumentException unless the bytes are a compressed point of G2's prime-order
   *     group other than zero
   */
  static P2 publicKey(byte[] compressed) {
    requireCompressed(compressed, PUBLIC_KEY_LENGTH, "public key");
    try {
      P2_Affine point = new P2_Affine(compressed);
      if (point.in_group() && !point.is_inf()) {
        return point.to_jacobian();
      }
    } catch (RuntimeException notOnTheCurve) {
      throw new IllegalArgumentException(notAPoint(compressed, "G2"), notOnTheCurve);
    }
    throw new IllegalArgumentException(notAPoint(compressed, "G2"));
  }

  /** Whether {@code signature = secret * hash} where {@code key = secret * generator}. */
  static boolean verifies(P2 key, P1 hash, P1 signature) {
    return PT.finalverify(new PT(signature, P2.generator()), new PT(hash, key));
  }

  /**
   * The pairing of two points, in the byte order of arkworks: twelve field elements of 48 bytes,
   * little-endian, the coefficients of the tower in lexicographic order.
   */
  static byte[] pairing(P1 left, P2 right) {
    byte[] blst = new PT(left, right).final_exp().to_bendian();
    byte[] arkworks = new byte[blst.length];
    for (int i = 0; i < 12; i++) {
      // blst interleaves the two halves of the tower: its element 2m+c is coefficient c of cubic
      // m/2 in half m%2.
      int half = (i / 2) % 2;
      int cubic = i / 4;
      int place = (half * 3 + cubic) * 2 + i % 2;
      for (int b = 0; b < FIELD_LENGTH; b++) {
        arkworks[place * FIELD_LENGTH + b] = blst[i * FIELD_LENGTH + FIELD_LENGTH - 1 - b];
      }
    }
    return arkworks;
  }

  private static void requireCompressed(byte[] bytes, int length, String what) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          "A " + what + " has " + length + " bytes, this one " + bytes.length + ".");
    }
    if ((bytes[0] & COMPRESSED) == 0) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " "
              + HexFormat.of().formatHex(bytes)
              + " is not in the compressed form.");
    }
  }

  private static String notAPoint(byte[] bytes, String group) {
    return HexFormat.of().formatHex(bytes) + " is not a point of " + group + ".";
  }
}
