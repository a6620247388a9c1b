package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MnemonicTest {
  private static final String DEVELOPMENT =
      "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

  /** Vectors of github.com/paritytech/substrate-bip39 (src/lib.rs), password "Substrate". */
  @ParameterizedTest
  @CsvSource({
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about,"
        + "44e9d125f037ac1d51f0a7d3649689d422c2af8b1ec8e00d71db4d7bf6d127e3",
    "legal winner thank year wave sausage worth useful legal winner thank yellow,"
        + "4313249608fe8ac10fd5886c92c4579007272cb77c21551ee5b8d60b78041685",
  })
  void seedsAreThoseOfSubstrate(String phrase, String seed) {
    assertThat(HexFormat.of().formatHex(Mnemonic.parse(phrase).seed("Substrate"))).isEqualTo(seed);
  }

  @Test
  void generatedPhrasesParse() {
    Mnemonic generated = Mnemonic.generate(new Random(1));

    assertThat(generated.phrase().split(" ")).hasSize(12);
    assertThat(Mnemonic.parse(generated.phrase()).seed("")).isEqualTo(generated.seed(""));
  }

  @Test
  void aSwappedWordFailsTheChecksumWithoutShowingIt() {
    assertThatThrownBy(() -> Mnemonic.parse(DEVELOPMENT.replace("bottom drive", "drive bottom")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the checksum of the mnemonic is wrong; check the words and their order");
    assertThatThrownBy(() -> Mnemonic.parse(DEVELOPMENT.replace("lake", "laek")))
        .hasMessage("word 4 of the mnemonic is not in BIP-39's English list");
  }

  @Test
  void wordsAreNotShown() {
    assertThat(Mnemonic.parse(DEVELOPMENT)).hasToString("Mnemonic[12 words]");
  }
}
