package dev.assay.chain.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Encrypts keyfiles as Bittensor wallets do ({@code $NACL}) and decrypts all three forms there are:
 * that one, Ansible Vault and Fernet. Sources: opentensor/btwallet {@code src/keyfile.rs},
 * bittensor-core {@code keyfiles/mod.rs}.
 *
 * <p>Each call derives a key, which is slow on purpose: seconds of one core, and 512 MiB of heap
 * for {@code $NACL}.
 */
public final class KeyfileCipher {
  /** No wallet writes a keyfile near this size. */
  static final int MAX_LENGTH = 64 * 1024;

  private static final byte[] VAULT = "$ANSIBLE_VAULT".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FERNET = "gAAAAA".getBytes(StandardCharsets.US_ASCII);

  private final NaclKeyfile nacl;
  private final FernetKeyfile fernet;

  /** The cipher at the cost that wallets use. */
  public KeyfileCipher() {
    this(
        new NaclKeyfile(NaclKeyfile.PASSES, NaclKeyfile.MEMORY_KIB),
        new FernetKeyfile(FernetKeyfile.ITERATIONS));
  }

  /** The cipher at another cost, for tests. */
  KeyfileCipher(NaclKeyfile nacl, FernetKeyfile fernet) {
    this.nacl = nacl;
    this.fernet = fernet;
  }

  /** Whether a keyfile's content is encrypted, in any of the three forms. */
  public static boolean isEncrypted(byte[] keyfile) {
    return startsWith(keyfile, NaclKeyfile.MARK)
        || startsWith(keyfile, VAULT)
        || startsWith(keyfile, FERNET);
  }

  /**
   * Encrypts a keyfile's content.
   *
   * @param plaintext at most 64 KiB less the 45 bytes that are added
   * @param random where the nonce comes from
   * @throws KeyfileException if the plaintext is too long or the heap too small
   */
  public byte[] encrypt(byte[] plaintext, char[] password, SecureRandom random) {
    requireLength(plaintext.length + NaclKeyfile.OVERHEAD);
    return nacl.encrypt(plaintext, password, random);
  }

  /**
   * Decrypts a keyfile's content.
   *
   * @throws KeyfileException if the password is wrong, the content is damaged, too long or in no
   *     known form, or the heap too small
   */
  public byte[] decrypt(byte[] keyfile, char[] password) {
    requireLength(keyfile.length);
    if (startsWith(keyfile, NaclKeyfile.MARK)) {
      return nacl.decrypt(keyfile, password);
    }
    if (startsWith(keyfile, VAULT)) {
      return AnsibleVault.decrypt(keyfile, password);
    }
    if (startsWith(keyfile, FERNET)) {
      return fernet.decrypt(keyfile, password);
    }
    throw new KeyfileException(
        "The keyfile is not encrypted in a form that Bittensor wallets use: $NACL, $ANSIBLE_VAULT"
            + " or Fernet.");
  }

  static KeyfileException wrongPassword() {
    return new KeyfileException(
        "The password does not open the keyfile; enter it again, or restore the key from its"
            + " mnemonic.");
  }

  static KeyfileException damaged(String form) {
    return new KeyfileException(
        "The keyfile starts as "
            + form
            + " but is cut or damaged; restore it from a copy or from its mnemonic.");
  }

  private static void requireLength(int length) {
    if (length > MAX_LENGTH) {
      throw new KeyfileException(
          "The keyfile has " + length + " bytes; a keyfile has at most " + MAX_LENGTH + ".");
    }
  }

  private static boolean startsWith(byte[] keyfile, byte[] mark) {
    return keyfile.length >= mark.length
        && Arrays.equals(keyfile, 0, mark.length, mark, 0, mark.length);
  }
}
