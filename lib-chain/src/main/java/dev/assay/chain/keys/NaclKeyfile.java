package dev.assay.chain.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.util.Strings;

/**
 * The form that wallets write: {@code $NACL}, a nonce of 24 bytes, and libsodium's secretbox (an
 * authenticator of 16 bytes, then the ciphertext) under a key from libsodium's argon2i version 1.3.
 */
final class NaclKeyfile {
  static final byte[] MARK = "$NACL".getBytes(StandardCharsets.US_ASCII);

  /** libsodium's OPSLIMIT_SENSITIVE. */
  static final int PASSES = 8;

  /** libsodium's MEMLIMIT_SENSITIVE, 512 MiB. */
  static final int MEMORY_KIB = 512 * 1024;

  private static final byte[] SALT = HexFormat.of().parseHex("137183dff15a09bc9c90b5518739e9b1");
  private static final int KEY_LENGTH = 32;
  private static final int NONCE_LENGTH = 24;
  private static final int MAC_LENGTH = 16;
  static final int OVERHEAD = MARK.length + NONCE_LENGTH + MAC_LENGTH;

  private final int passes;
  private final int memoryKib;

  NaclKeyfile(int passes, int memoryKib) {
    this.passes = passes;
    this.memoryKib = memoryKib;
  }

  byte[] encrypt(byte[] plaintext, char[] password, SecureRandom random) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    XSalsa20Engine stream = stream(key(password), nonce);
    KeyParameter macKey = macKey(stream);
    byte[] sealed = new byte[plaintext.length];
    stream.processBytes(plaintext, 0, plaintext.length, sealed, 0);
    return ByteBuffer.allocate(OVERHEAD + sealed.length)
        .put(MARK)
        .put(nonce)
        .put(mac(macKey, sealed))
        .put(sealed)
        .array();
  }

  byte[] decrypt(byte[] keyfile, char[] password) {
    if (keyfile.length < OVERHEAD) {
      throw KeyfileCipher.damaged("$NACL");
    }
    int macStart = MARK.length + NONCE_LENGTH;
    byte[] nonce = Arrays.copyOfRange(keyfile, MARK.length, macStart);
    byte[] mac = Arrays.copyOfRange(keyfile, macStart, OVERHEAD);
    byte[] sealed = Arrays.copyOfRange(keyfile, OVERHEAD, keyfile.length);
    XSalsa20Engine stream = stream(key(password), nonce);
    if (!MessageDigest.isEqual(mac, mac(macKey(stream), sealed))) {
      throw KeyfileCipher.wrongPassword();
    }
    byte[] plaintext = new byte[sealed.length];
    stream.processBytes(sealed, 0, sealed.length, plaintext, 0);
    return plaintext;
  }

  private byte[] key(char[] password) {
    byte[] utf8 = Strings.toUTF8ByteArray(password);
    try {
      return PasswordKey.argon2i(utf8, SALT, passes, memoryKib);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private static XSalsa20Engine stream(byte[] key, byte[] nonce) {
    XSalsa20Engine stream = new XSalsa20Engine();
    stream.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    return stream;
  }

  /** The first 32 bytes of the key stream. */
  private static KeyParameter macKey(XSalsa20Engine stream) {
    byte[] key = new byte[KEY_LENGTH];
    stream.processBytes(key, 0, key.length, key, 0);
    return new KeyParameter(key);
  }

  private static byte[] mac(KeyParameter key, byte[] sealed) {
    Poly1305 poly1305 = new Poly1305();
    poly1305.init(key);
    poly1305.update(sealed, 0, sealed.length);
    byte[] mac = new byte[MAC_LENGTH];
    poly1305.doFinal(mac, 0);
    return mac;
  }
}
