package dev.assay.chain.hash;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** Blake2b without a key, at the lengths that Substrate uses. */
public final class Blake2 {
  private Blake2() {}

  /** The 32 bytes of blake2_256. */
  public static byte[] blake2b256(byte[] input) {
    return digest(input, 32);
  }

  /** The 16 bytes of blake2_128. */
  public static byte[] blake2b128(byte[] input) {
    return digest(input, 16);
  }

  /** The 8 bytes of blake2_64, as in the names of runtime APIs. */
  public static byte[] blake2b64(byte[] input) {
    return digest(input, 8);
  }

  /** The 64 bytes of blake2_512, as in the checksum of SS58. */
  public static byte[] blake2b512(byte[] input) {
    return digest(input, 64);
  }

  private static byte[] digest(byte[] input, int length) {
    Blake2bDigest digest = new Blake2bDigest(8 * length);
    digest.update(input, 0, input.length);
    byte[] output = new byte[length];
    digest.doFinal(output, 0);
    return output;
  }
}
