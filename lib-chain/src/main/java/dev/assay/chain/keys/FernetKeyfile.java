package dev.assay.chain.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The oldest form, only read: a Fernet token (base64url of: version 0x80, time 8 bytes,
 * initialisation vector 16, AES-128-CBC ciphertext, HMAC 32) under a key from PBKDF2.
 */
final class FernetKeyfile {
  static final int ITERATIONS = 10_000_000;

  private static final byte[] SALT =
      "Iguesscyborgslikemyselfhaveatendencytobeparanoidaboutourorigins"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_LENGTH = 32;
  private static final int HALF_KEY = 16;
  private static final int VECTOR_START = 9;
  private static final int CIPHERTEXT_START = VECTOR_START + 16;
  private static final int MAC_LENGTH = 32;

  private final int iterations;

  FernetKeyfile(int iterations) {
    this.iterations = iterations;
  }

  byte[] decrypt(byte[] keyfile, char[] password) {
    byte[] token = token(keyfile);
    byte[] key = PasswordKey.pbkdf2(password, SALT, iterations, KEY_LENGTH);
    byte[] signingKey = Arrays.copyOf(key, HALF_KEY);
    byte[] encryptionKey = Arrays.copyOfRange(key, HALF_KEY, KEY_LENGTH);
    int macStart = token.length - MAC_LENGTH;
    byte[] mac = Hmac.sha256(signingKey, Arrays.copyOf(token, macStart));
    if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(token, macStart, token.length))) {
      throw KeyfileCipher.wrongPassword();
    }
    return open(token, macStart, encryptionKey);
  }

  private static byte[] token(byte[] keyfile) {
    try {
      byte[] token =
          Base64.getUrlDecoder().decode(new String(keyfile, StandardCharsets.ISO_8859_1).strip());
      if (token.length >= CIPHERTEXT_START + MAC_LENGTH) {
        return token;
      }
    } catch (IllegalArgumentException notBase64) {
      throw KeyfileCipher.damaged("Fernet");
    }
    throw KeyfileCipher.damaged("Fernet");
  }

  private static byte[] open(byte[] token, int end, byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      IvParameterSpec vector =
          new IvParameterSpec(token, VECTOR_START, CIPHERTEXT_START - VECTOR_START);
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), vector);
      return cipher.doFinal(token, CIPHERTEXT_START, end - CIPHERTEXT_START);
    } catch (GeneralSecurityException badPadding) {
      throw KeyfileCipher.damaged("Fernet");
    }
  }
}
