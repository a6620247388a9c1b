package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyfileCipherTest {
  private static final char[] PASSWORD = "correct horse β".toCharArray();
  private static final char[] WRONG = "wrong".toCharArray();

  /** Cheap on purpose. */
  private final KeyfileCipher cipher =
      new KeyfileCipher(new NaclKeyfile(1, 64), new FernetKeyfile(1000));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 63, 64, 65, 1000})
  void whatIsEncryptedIsDecrypted(int length) {
    byte[] plaintext = new byte[length];
    Arrays.fill(plaintext, (byte) 7);
    byte[] keyfile = cipher.encrypt(plaintext, PASSWORD, new SecureRandom());

    assertThat(KeyfileCipher.isEncrypted(keyfile)).isTrue();
    assertThat(keyfile).hasSize(length + 45);
    assertThat(cipher.decrypt(keyfile, PASSWORD)).isEqualTo(plaintext);
  }

  @Test
  void twoEncryptionsOfOneKeyDiffer() {
    byte[] plaintext = {1, 2, 3};
    assertThat(cipher.encrypt(plaintext, PASSWORD, new SecureRandom()))
        .isNotEqualTo(cipher.encrypt(plaintext, PASSWORD, new SecureRandom()));
  }

  @Test
  void theTwoOldFormsAreRead() {
    assertThat(cipher.decrypt(EncryptedKeyfiles.text("vault"), EncryptedKeyfiles.password()))
        .isEqualTo(EncryptedKeyfiles.plaintext());
    assertThat(
            cipher.decrypt(
                EncryptedKeyfiles.text("fernetOf1000Iterations"), EncryptedKeyfiles.password()))
        .isEqualTo(EncryptedKeyfiles.plaintext());
    byte[] withNewline =
        new String(EncryptedKeyfiles.text("fernetOf1000Iterations"), StandardCharsets.US_ASCII)
            .concat("\n")
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(cipher.decrypt(withNewline, EncryptedKeyfiles.password()))
        .isEqualTo(EncryptedKeyfiles.plaintext());
  }

  @Test
  void aWrongPasswordIsOneClearSentenceInEveryForm() {
    byte[] nacl = cipher.encrypt(new byte[100], PASSWORD, new SecureRandom());
    for (byte[] keyfile :
        new byte[][] {
          nacl, EncryptedKeyfiles.text("vault"), EncryptedKeyfiles.text("fernetOf1000Iterations")
        }) {
      assertThatThrownBy(() -> cipher.decrypt(keyfile, WRONG))
          .isInstanceOf(KeyfileException.class)
          .hasMessage(
              "The password does not open the keyfile; enter it again, or restore the key from its"
                  + " mnemonic.");
    }
  }

  @Test
  void aCutKeyfileIsDamagedAndNothingElse() {
    byte[] nacl = cipher.encrypt(new byte[3], PASSWORD, new SecureRandom());
    for (byte[] keyfile :
        new byte[][] {
          nacl, EncryptedKeyfiles.text("vault"), EncryptedKeyfiles.text("fernetOf1000Iterations")
        }) {
      for (int length = 0; length < keyfile.length; length += 1 + keyfile.length / 60) {
        byte[] cut = Arrays.copyOf(keyfile, length);
        assertThatThrownBy(() -> cipher.decrypt(cut, PASSWORD))
            .isInstanceOf(KeyfileException.class);
      }
    }
  }

  @Test
  void contentInNoKnownFormIsRefused() {
    byte[] json = "{\"ss58Address\": \"5\"}".getBytes(StandardCharsets.US_ASCII);
    assertThat(KeyfileCipher.isEncrypted(json)).isFalse();
    assertThatThrownBy(() -> cipher.decrypt(json, PASSWORD))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining("$NACL");
  }

  @Test
  void anEndlessKeyfileIsRefusedBeforeAnythingIsDerived() {
    byte[] endless = new byte[KeyfileCipher.MAX_LENGTH + 1];
    assertThatThrownBy(() -> cipher.decrypt(endless, PASSWORD))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining("65536");
    assertThatThrownBy(() -> cipher.encrypt(endless, PASSWORD, new SecureRandom()))
        .isInstanceOf(KeyfileException.class);
  }

  @Test
  void aHeapTooSmallForTheKeyIsOneClearSentence() {
    int moreThanThereIs =
        Math.toIntExact(Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 1024));
    KeyfileCipher greedy =
        new KeyfileCipher(new NaclKeyfile(1, moreThanThereIs), new FernetKeyfile(1));
    assertThatThrownBy(() -> greedy.encrypt(new byte[1], PASSWORD, new SecureRandom()))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining("-Xmx");
  }
}
