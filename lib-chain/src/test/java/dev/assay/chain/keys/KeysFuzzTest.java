package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Hostile keyfiles and addresses. */
class KeysFuzzTest {
  private static final KeyfileCipher CIPHER =
      new KeyfileCipher(new NaclKeyfile(1, 8), new FernetKeyfile(1));
  private static final char[] PASSWORD = "password".toCharArray();
  private static final String MNEMONIC_REFUSED =
      "a mnemonic has 12, 15, 18, 21 or 24 words, not [0-9]+"
          + "|word [0-9]+ of the mnemonic is not in BIP-39's English list"
          + "|the checksum of the mnemonic is wrong; check the words and their order";
  private static final String URI_REFUSED =
      "the secret URI is not a mnemonic or 0x seed with steps //hard or /soft"
          + "|the derivation path breaks at character [0-9]+; write //hard or /soft";

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

  @FuzzTest
  void aMnemonicIsReadOrRefusedWithoutAWordOfIt(byte[] text) {
    String phrase = new String(text, StandardCharsets.UTF_8);
    try {
      Mnemonic read = Mnemonic.parse(phrase);
      assertThat(Mnemonic.parse(read.phrase()).seed("")).isEqualTo(read.seed(""));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).matches(MNEMONIC_REFUSED);
    }
  }

  /** Each step costs about half a millisecond, so long paths would be all that is tried. */
  @FuzzTest
  void aSecretUriIsReadOrRefusedWithoutAWordOfIt(byte[] text) {
    if (text.length > 120) {
      return;
    }
    String uri = new String(text, StandardCharsets.UTF_8);
    try {
      assertThat(Keypair.fromUri(uri).toString()).startsWith("Keypair[of 5");
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).matches(MNEMONIC_REFUSED + "|" + URI_REFUSED);
    }
  }
}
