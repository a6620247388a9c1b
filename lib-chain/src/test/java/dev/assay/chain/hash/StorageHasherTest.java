package dev.assay.chain.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StorageHasherTest {
  /** The well-known prefix of System.Account, the storage key that every Substrate page shows. */
  @Test
  void namesHashToTheKnownStoragePrefix() {
    assertThat(hex(Twox.twox128("System"))).isEqualTo("26aa394eea5630e07c48ae0c9558cef7");
    assertThat(hex(Twox.twox128("Account"))).isEqualTo("b99d880ec681799c0cf30e8886371da9");
    assertThat(hex(Twox.twox128("Events"))).isEqualTo("80d41e5e16056765bc8461851072c9d7");
  }

  /** XXH64 of inputs below and above the 32-byte stripe, from the reference implementation. */
  @Test
  void xxHashMatchesTheReference() {
    assertThat(hex(Twox.twox64(new byte[0]))).isEqualTo("99e9d85137db46ef");
    assertThat(hex(Twox.twox64("abc".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("990977adf52cbc44");
  }

  /** blake2_64("Core") and blake2_64("Metadata"), as runtimes list their APIs. */
  @Test
  void blake2NamesTheRuntimeApis() {
    assertThat(hex(Blake2.blake2b64("Core".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("df6acb689907609b");
    assertThat(hex(Blake2.blake2b64("Metadata".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("37e397fc7c91f5e4");
  }

  @Test
  void concatenatingHashersKeepTheKey() {
    byte[] key = {1, 2, 3};

    for (StorageHasher hasher : StorageHasher.values()) {
      byte[] part = hasher.apply(key);
      if (hasher.reversible()) {
        assertThat(part).hasSize(hasher.hashLength() + key.length).endsWith(key);
      } else {
        assertThat(part).hasSize(hasher.hashLength());
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
