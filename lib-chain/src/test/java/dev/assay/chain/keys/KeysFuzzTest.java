package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Hostile keyfiles and addresses. */
class KeysFuzzTest {
  private static final KeyfileCipher CIPHER =
      new KeyfileCipher(new NaclKeyfile(1, 8), new FernetKeyfile(1));
  private static final char[] PASSWORD = "password".toCharArray();

  @FuzzTest
  void anEncryptedKeyfileIsOpenedOrRefusedInASentence(byte[] keyfile) {
    try {
      assertThat(CIPHER.decrypt(keyfile, PASSWORD).length).isLessThan(keyfile.length);
    } catch (KeyfileException refused) {
      assertThat(refused).hasMessageEndingWith(".");
    }
  }

  /** What is read as an address is written in the same letters. */
  @FuzzTest
  void anAddressIsReadOrRefused(byte[] text) {
    String address = new String(text, StandardCharsets.ISO_8859_1);
    try {
      assertThat(AccountId.fromSs58(address).ss58()).isEqualTo(address);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @FuzzTest
  void aPlainKeyfileIsReadOrRefusedInASentence(byte[] keyfile) {
    try {
      assertThat(KeyfileContent.pair(keyfile).account()).isNotNull();
    } catch (KeyfileException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    try {
      assertThat(KeyfileContent.account(keyfile)).isNotNull();
    } catch (KeyfileException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
