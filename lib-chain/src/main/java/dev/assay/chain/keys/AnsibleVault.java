package dev.assay.chain.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The second form, only read: an Ansible Vault of version 1.1 or 1.2. Behind a header line stands,
 * in hexadecimal and broken into lines, a text of three lines, each again in hexadecimal: salt,
 * HMAC, AES-256-CTR ciphertext.
 */
final class AnsibleVault {
  private static final int ITERATIONS = 10_000;
  private static final int KEY_LENGTH = 32;
  private static final int VECTOR_LENGTH = 16;

  private AnsibleVault() {}

  static byte[] decrypt(byte[] keyfile, char[] password) {
    List<byte[]> parts = parts(keyfile);
    byte[] ciphertext = parts.get(2);
    byte[] keys =
        PasswordKey.pbkdf2(password, parts.get(0), ITERATIONS, 2 * KEY_LENGTH + VECTOR_LENGTH);
    byte[] encryptionKey = Arrays.copyOf(keys, KEY_LENGTH);
    byte[] macKey = Arrays.copyOfRange(keys, KEY_LENGTH, 2 * KEY_LENGTH);
    byte[] vector = Arrays.copyOfRange(keys, 2 * KEY_LENGTH, keys.length);
    if (!MessageDigest.isEqual(Hmac.sha256(macKey, ciphertext), parts.get(1))) {
      throw KeyfileCipher.wrongPassword();
    }
    return withoutPadding(open(ciphertext, encryptionKey, vector));
  }

  private static List<byte[]> parts(byte[] keyfile) {
    List<String> lines = new String(keyfile, StandardCharsets.ISO_8859_1).lines().toList();
    try {
      String body = String.join("", lines.subList(1, lines.size())).replace(" ", "");
      String text = new String(HexFormat.of().parseHex(body), StandardCharsets.US_ASCII);
      List<byte[]> parts = text.lines().map(HexFormat.of()::parseHex).toList();
      if (parts.size() == 3 && parts.get(0).length > 0 && parts.get(2).length > 0) {
        return parts;
      }
    } catch (IllegalArgumentException notHexadecimal) {
      throw KeyfileCipher.damaged("$ANSIBLE_VAULT");
    }
    throw KeyfileCipher.damaged("$ANSIBLE_VAULT");
  }

  private static byte[] open(byte[] ciphertext, byte[] key, byte[] vector) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
      return cipher.doFinal(ciphertext);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] withoutPadding(byte[] padded) {
    int padding = padded[padded.length - 1];
    if (padding < 1 || padding > VECTOR_LENGTH || padding > padded.length) {
      throw KeyfileCipher.damaged("$ANSIBLE_VAULT");
    }
    return Arrays.copyOf(padded, padded.length - padding);
  }
}
