package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What wallets wrote at the cost they write it at: seconds, and 512 MiB of heap. */
@Tag("long")
class KeyfileCipherFullCostTest {

  @Test
  void theKeyfileOfAWalletIsRead() {
    assertThat(new KeyfileCipher().decrypt(EncryptedKeyfiles.nacl(), EncryptedKeyfiles.password()))
        .isEqualTo(EncryptedKeyfiles.plaintext());
  }

  @Test
  void theKeyfileOfAnOldWalletIsRead() {
    assertThat(
            new KeyfileCipher()
                .decrypt(EncryptedKeyfiles.text("fernet"), EncryptedKeyfiles.password()))
        .isEqualTo(EncryptedKeyfiles.plaintext());
  }
}
