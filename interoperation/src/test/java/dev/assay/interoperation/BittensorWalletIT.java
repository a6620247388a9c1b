package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.KeySecret;
import dev.assay.chain.keys.KeyfileException;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Mnemonic;
import dev.assay.chain.keys.Sr25519;
import dev.assay.chain.keys.Wallet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wallet folders and keyfiles, ours and those of bittensor-wallet (btwallet) and bittensor-core.
 */
class BittensorWalletIT {

  private static final byte[] MESSAGE = "who signs?".getBytes(StandardCharsets.UTF_8);
  private static final String PASSWORD = "Correct-Horse-7";
  private static final Mnemonic PHRASE = Mnemonic.generate(new Random(3));

  @TempDir static Path root;
  private static final Wallet[] OURS = new Wallet[2];
  private static JsonNode theirs;

  @BeforeAll
  static void exchangeWallets() throws Exception {
    SecureRandom random = new SecureRandom();
    OURS[0] = new Wallet(root, "java-plain", "default");
    OURS[0].createColdkey(Optional.empty(), random);
    OURS[0].createHotkey(random);
    // Imported keys take the place of new ones: what is replaced is as whole as what is new.
    OURS[0].storeHotkey(
        KeySecret.parse(Mnemonic.generate(random).phrase()), Optional.empty(), random, true);
    OURS[1] = new Wallet(root, "java-encrypted", "default");
    OURS[1].createColdkey(Optional.of(PASSWORD.toCharArray()), random);
    theirs =
        PythonScripts.installed()
            .run(
                "wallet.py",
                Map.of(
                    "root",
                    root.toString(),
                    "plain",
                    "java-plain",
                    "encrypted",
                    "java-encrypted",
                    "password",
                    PASSWORD,
                    "mnemonic",
                    PHRASE.phrase(),
                    "message",
                    HexFormat.of().formatHex(MESSAGE)),
                Map.of(),
                300);
  }

  @Test
  void theyReadOurPlainKeyfiles() {
    JsonNode read = theirs.path("read");

    assertSignedBy(OURS[0].coldkeyAccount(), read.path("coldkey"));
    assertSignedBy(OURS[0].hotkeyAccount(), read.path("hotkey"));
    assertThat(read.path("coldkeypub").asText()).isEqualTo(OURS[0].coldkeyAccount().ss58());
    assertThat(read.path("core").asText()).isEqualTo(OURS[0].hotkeyAccount().ss58());
  }

  @Test
  void theyDecryptOurEncryptedKeyfile() {
    JsonNode read = theirs.path("read");

    assertThat(read.path("form").asText()).isEqualTo("NaCl");
    assertSignedBy(OURS[1].coldkeyAccount(), read.path("encrypted"));
    assertThat(read.path("core_encrypted").asText()).isEqualTo(OURS[1].coldkeyAccount().ss58());
    assertThat(read.path("wrong_password").asText()).isEqualTo("refused");
  }

  @Test
  void weReadTheirPlainKeyfiles() {
    Wallet wallet = new Wallet(root, "python-plain", "default");
    AccountId expected = Keypair.fromMnemonic(PHRASE).account();

    assertThat(wallet.coldkey(BittensorWalletIT::noPassword).account()).isEqualTo(expected);
    assertThat(wallet.coldkeyAccount()).isEqualTo(expected);
    assertThat(wallet.hotkey(BittensorWalletIT::noPassword).account())
        .isEqualTo(Keypair.fromUri("//Alice").account());
    assertSignedBy(expected, theirs.path("wrote").path("coldkey"));
  }

  @Test
  void weDecryptTheirEncryptedKeyfiles() throws IOException {
    Wallet wallet = new Wallet(root, "python-encrypted", "default");
    Wallet core = new Wallet(root, "core-encrypted", "default");
    AccountId expected = Keypair.fromMnemonic(PHRASE).account();

    for (Path file : List.of(wallet.coldkeyFile(), wallet.hotkeyFile(), core.coldkeyFile())) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).startsWith("$NACL");
    }
    assertThat(wallet.coldkey(PASSWORD::toCharArray).account()).isEqualTo(expected);
    assertThat(wallet.hotkey(PASSWORD::toCharArray).account())
        .isEqualTo(Keypair.fromUri("//Alice").account());
    assertThat(core.coldkey(PASSWORD::toCharArray).account()).isEqualTo(expected);
    assertThatThrownBy(() -> wallet.coldkey("wrong"::toCharArray))
        .isInstanceOf(KeyfileException.class)
        .hasMessage(
            "The password does not open the keyfile; enter it again, or restore the key from its"
                + " mnemonic.");
  }

  private static void assertSignedBy(AccountId account, JsonNode described) {
    byte[] signature = HexFormat.of().parseHex(described.path("signature").asText());
    assertThat(described.path("address").asText()).isEqualTo(account.ss58());
    assertThat(Sr25519.verify(account, MESSAGE, signature)).isTrue();
  }

  private static char[] noPassword() {
    throw new AssertionError("a plain keyfile needs no password");
  }
}
