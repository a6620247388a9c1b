package dev.assay.chain.keys;

import com.goterl.lazysodium.LazySodiumJava;
import com.goterl.lazysodium.SodiumJava;
import com.goterl.lazysodium.interfaces.PwHash;
import com.sun.jna.NativeLong;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Keys that are made from a password, at a cost. */
final class PasswordKey {
  /** Of argon2i, in bytes. */
  private static final int ARGON2_LENGTH = 32;

  private PasswordKey() {}

  /** libsodium, loaded with the first key that needs it. */
  private static final class Sodium {
    static final Optional<LazySodiumJava> LOADED = load();

    private static Optional<LazySodiumJava> load() {
      try {
        return Optional.of(new LazySodiumJava(new SodiumJava()));
      } catch (RuntimeException | LinkageError unusable) {
        // Another processor, or a folder for temporary files that nothing may be run from.
        return Optional.empty();
      }
    }
  }

  /**
   * By PBKDF2 with HMAC-SHA-256.
   *
   * @param length of the key, in bytes
   */
  static byte[] pbkdf2(char[] password, byte[] salt, int iterations, int length) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, length * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    } finally {
      spec.clearPassword();
    }
  }

  /**
   * By argon2i version 1.3 in one lane: by libsodium, which takes a third of the time and its
   * memory beside the heap, or in Java where a machine can't load it.
   *
   * @param salt 16 bytes
   * @param passes over the memory
   * @return 32 bytes
   * @throws KeyfileException if neither the machine nor the heap has the memory
   */
  static byte[] argon2i(byte[] password, byte[] salt, int passes, int memoryKib) {
    return argon2iBySodium(password, salt, passes, memoryKib)
        .orElseGet(() -> argon2iInJava(password, salt, passes, memoryKib));
  }

  /** Empty below the least cost that it takes, and where there is no memory. */
  static Optional<byte[]> argon2iBySodium(byte[] password, byte[] salt, int passes, int memoryKib) {
    byte[] key = new byte[ARGON2_LENGTH];
    return Sodium.LOADED
        .filter(
            sodium ->
                sodium.cryptoPwHash(
                    key,
                    key.length,
                    password,
                    password.length,
                    salt,
                    passes,
                    new NativeLong(memoryKib * 1024L),
                    PwHash.Alg.PWHASH_ALG_ARGON2I13))
        .map(done -> key);
  }

  static byte[] argon2iInJava(byte[] password, byte[] salt, int passes, int memoryKib) {
    requireHeap(memoryKib);
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_i)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withIterations(passes)
            .withMemoryAsKB(memoryKib)
            .withParallelism(1)
            .build());
    byte[] key = new byte[ARGON2_LENGTH];
    argon2.generateBytes(password, key);
    return key;
  }

  /** A sentence now instead of an OutOfMemoryError later. */
  private static void requireHeap(int memoryKib) {
    long needed = memoryKib * 1024L;
    long limit = Runtime.getRuntime().maxMemory();
    if (limit < needed + needed / 8) {
      throw new KeyfileException(
          "Opening this keyfile takes "
              + memoryKib / 1024
              + " MiB of heap, and the JVM has "
              + limit / (1024 * 1024)
              + " MiB; start it with -Xmx1g or more.");
    }
  }
}
