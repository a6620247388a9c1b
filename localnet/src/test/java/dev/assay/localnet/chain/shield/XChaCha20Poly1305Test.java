package dev.assay.localnet.chain.shield;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class XChaCha20Poly1305Test {
  private static final HexFormat HEX = HexFormat.of();

  /** The vector of draft-irtf-cfrg-xchacha-03, section 2.2.1. */
  @Test
  void theSubkeyIsTheDraftsOwn() {
    byte[] key = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    byte[] nonce = HEX.parseHex("000000090000004a0000000031415927");
    assertThat(XChaCha20Poly1305.subkey(key, nonce))
        .isEqualTo(
            HEX.parseHex("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"));
  }

  @Test
  void whatWasTamperedWithStaysClosed() {
    assertThat(XChaCha20Poly1305.open(new byte[32], new byte[24], new byte[40])).isEmpty();
    assertThat(XChaCha20Poly1305.open(new byte[32], new byte[24], new byte[3])).isEmpty();
  }
}
