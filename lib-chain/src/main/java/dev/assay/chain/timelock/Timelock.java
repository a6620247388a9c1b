package dev.assay.chain.timelock;

import dev.assay.chain.scale.ScaleException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import supranational.blst.P1;
import supranational.blst.P2;

/**
 * Identity-based encryption to a round of a beacon (Boneh and Franklin's FullIdent over BLS12-381,
 * as in the crate tle), around AES-256-GCM.
 *
 * <p>With key and sigma random, r = sha256(sigma ‖ key) modulo the order and H the round's point of
 * G1: U = r·generator, V = sigma ⊕ sha256(e(H, public key)<sup>r</sup>), W = key ⊕ sha256(sigma).
 */
public final class Timelock {
  private static final int TAG_BITS = 128;

  private Timelock() {}

  /**
   * Encrypts so that the signature of {@code round} opens it.
   *
   * @param random where key, sigma and nonce come from
   * @return the bytes to commit: 244 more than the plaintext
   */
  public static byte[] encrypt(
      BeaconKey beacon, long round, byte[] plaintext, SecureRandom random) {
    byte[] key = bytes(random, TimelockCiphertext.KEY_LENGTH);
    byte[] sigma = bytes(random, TimelockCiphertext.KEY_LENGTH);
    byte[] nonce = bytes(random, TimelockCiphertext.NONCE_LENGTH);
    BigInteger r = exponent(sigma, key);
    byte[] u = P2.generator().mult(r).compress();
    byte[] v =
        xor(sigma, Sha256.of(Bls.pairing(DrandChain.identity(round).mult(r), beacon.point())));
    byte[] w = xor(key, Sha256.of(sigma));
    byte[] sealed = seal(key, nonce, plaintext);
    return new TimelockCiphertext(u, v, w, sealed, nonce).encode();
  }

  /**
   * Decrypts with the signature of the round.
   *
   * @param wire what {@link #encrypt} or any client of the chain returned; hostile until this
   *     returns
   * @param signature 48 bytes
   * @throws ScaleException if {@code wire} is not a ciphertext
   * @throws IllegalArgumentException if {@code signature} is not a point of G1's prime-order group
   * @throws TimelockException if the signature does not open it
   */
  public static byte[] decrypt(byte[] wire, byte[] signature) {
    TimelockCiphertext ciphertext = TimelockCiphertext.decode(wire);
    P1 opening = Bls.signature(signature);
    byte[] sigma = xor(ciphertext.v, Sha256.of(Bls.pairing(opening, point(ciphertext))));
    byte[] key = xor(ciphertext.w, Sha256.of(sigma));
    if (!Arrays.equals(P2.generator().mult(exponent(sigma, key)).compress(), ciphertext.u)) {
      throw new TimelockException(
          "The signature does not open the ciphertext: it is not of the round that this was"
              + " encrypted to.");
    }
    return open(key, ciphertext);
  }

  private static P2 point(TimelockCiphertext ciphertext) {
    try {
      return Bls.publicKey(ciphertext.u);
    } catch (IllegalArgumentException notAPoint) {
      throw new ScaleException(0, "U is not a point of G2");
    }
  }

  private static BigInteger exponent(byte[] sigma, byte[] key) {
    return new BigInteger(1, Sha256.of(sigma, key)).mod(Bls.ORDER);
  }

  private static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext) {
    try {
      return aes(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plaintext);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] open(byte[] key, TimelockCiphertext ciphertext) {
    try {
      return aes(Cipher.DECRYPT_MODE, key, ciphertext.nonce).doFinal(ciphertext.sealed);
    } catch (AEADBadTagException damaged) {
      throw new TimelockException(
          "The ciphertext's body is damaged: its authentication tag does not match.", damaged);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Cipher aes(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] bytes(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] result = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = (byte) (a[i] ^ b[i]);
    }
    return result;
  }
}
