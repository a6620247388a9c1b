package dev.assay.chain.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletTest {
  @TempDir Path root;
  private Wallet wallet;

  @BeforeEach
  void wallet() {
    wallet = new Wallet(root, "validator", "default");
  }

  @Test
  void createdKeysComeBackWithTheirAccounts() {
    Mnemonic cold = wallet.createColdkey(Optional.empty(), new SecureRandom());
    Mnemonic hot = wallet.createHotkey(new SecureRandom());

    assertThat(wallet.coldkey(WalletTest::notAsked).account())
        .isEqualTo(wallet.coldkeyAccount())
        .isEqualTo(Keypair.fromMnemonic(cold).account());
    assertThat(wallet.hotkey(WalletTest::notAsked).account())
        .isEqualTo(wallet.hotkeyAccount())
        .isEqualTo(Keypair.fromMnemonic(hot).account());
  }

  @Test
  void keyfilesHoldTheSixKeysThatOtherWalletsRead() throws IOException {
    wallet.createHotkey(new SecureRandom());

    JsonNode json = new ObjectMapper().readTree(wallet.hotkeyFile().toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "accountId", "publicKey", "privateKey", "secretPhrase", "secretSeed", "ss58Address");
    assertThat(json.get("privateKey").asText()).matches("0x[0-9a-f]{128}");
    assertThat(json.get("secretSeed").asText()).matches("0x[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "not twelve words"})
  void aGoodSecretIsUsedWhateverStandsBesideIt(String phrase) throws IOException {
    wallet.storeHotkey(Keypair.fromUri("//Alice"));
    for (String name : List.of("secretPhrase", "secretSeed")) {
      change(json -> json.put(name, phrase));

      assertThat(wallet.hotkey(WalletTest::notAsked).account())
          .isEqualTo(Keypair.fromUri("//Alice").account());
    }
  }

  @Test
  void aMalformedSecretIsNamed() throws IOException {
    wallet.storeHotkey(Keypair.fromUri("//Alice"));
    change(json -> json.put("privateKey", "0x12"));

    assertThatThrownBy(() -> wallet.hotkey(WalletTest::notAsked))
        .isInstanceOf(KeyfileException.class)
        .hasMessage("The keyfile's privateKey is malformed; restore it from a copy.");
  }

  /**
   * The pair of a seed of zeros by ed25519 (RFC 8032), told by its address alone or by a number.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHotkeyOfEd25519IsCalledSoAndNotMalformed(boolean typed) throws IOException {
    AccountId account =
        AccountId.of(
            HexFormat.of()
                .parseHex("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"));
    for (String name : List.of("privateKey", "secretSeed")) {
      Files.deleteIfExists(wallet.hotkeyFile());
      Files.deleteIfExists(wallet.hotkeyPublicFile());
      wallet.storeHotkey(Keypair.fromUri("//Alice"));
      change(
          json -> {
            json.putNull("privateKey");
            json.put(
                name, "0x" + "00".repeat(32) + (name.equals("privateKey") ? hex(account) : ""));
            json.put("ss58Address", account.ss58());
            if (typed) {
              json.put("cryptoType", 0);
            }
          });

      assertThatThrownBy(() -> wallet.hotkey(WalletTest::notAsked))
          .isInstanceOf(KeyfileException.class)
          .hasMessageStartingWith("The keyfile is intact, but its key is of ed25519")
          .hasMessageNotContaining("0000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "\"ecdsa\"", "7"})
  void anotherSchemeIsNamed(String cryptoType) throws IOException {
    wallet.storeHotkey(Keypair.fromUri("//Alice"));
    JsonNode type = new ObjectMapper().readTree(cryptoType);
    change(json -> json.set("cryptoType", type));

    assertThatThrownBy(() -> wallet.hotkey(WalletTest::notAsked))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining(cryptoType.equals("7") ? "cryptoType 7" : "ecdsa");
  }

  @Test
  void anExportOfPolkadotJsIsCalledOne() throws IOException {
    wallet.storeHotkey(Keypair.fromUri("//Alice"));
    change(
        json -> {
          json.removeAll();
          json.put("encoded", "MFMCAQEwBQ").put("address", "5Grw");
          json.putObject("encoding").putArray("content").add("pkcs8").add("sr25519");
        });

    assertThatThrownBy(() -> wallet.hotkey(WalletTest::notAsked))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining("polkadot-js")
        .hasMessageContaining("regen-hotkey --json");
  }

  private static String hex(AccountId account) {
    return HexFormat.of().formatHex(account.bytes());
  }

  private void change(Consumer<ObjectNode> edit) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(wallet.hotkeyFile().toFile());
    edit.accept(json);
    mapper.writeValue(wallet.hotkeyFile().toFile(), json);
  }

  @Test
  void keyfilesAreTheOwnersAlone() throws IOException {
    wallet.storeHotkey(Keypair.fromUri("//Alice"));

    assertThat(Files.getPosixFilePermissions(wallet.hotkeyFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(wallet.hotkeyFile().getParent())) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aWorldReadableKeyfileIsRefused() throws IOException {
    wallet.storeHotkey(Keypair.fromUri("//Alice"));
    Files.setPosixFilePermissions(
        wallet.hotkeyFile(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> wallet.hotkey(WalletTest::notAsked))
        .isInstanceOf(KeyfileException.class)
        .hasMessage(
            "The keyfile "
                + wallet.hotkeyFile()
                + " is open to others (rw-r--r--); run chmod 600 on it.");
  }

  @Test
  void aStoredPairSignsAsBefore() {
    Keypair derived = Keypair.fromUri("//Alice/soft");
    wallet.storeColdkey(derived);

    assertThat(wallet.coldkey(WalletTest::notAsked).account()).isEqualTo(derived.account());
  }

  @Test
  void anExistingKeyIsNeverOverwritten() {
    wallet.storeHotkey(Keypair.fromUri("//Alice"));

    assertThatThrownBy(() -> wallet.storeHotkey(Keypair.fromUri("//Bob")))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining("exists and is not overwritten");
    assertThat(wallet.hotkey(WalletTest::notAsked).account())
        .isEqualTo(Keypair.fromUri("//Alice").account());
  }

  @Test
  void seedsAndMnemonicsAloneAreReadToo() throws IOException {
    String phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
    AccountId expected = Keypair.fromMnemonic(Mnemonic.parse(phrase)).account();

    assertThat(KeyfileContent.pair(phrase.getBytes(UTF_8)).account()).isEqualTo(expected);
    assertThat(
            KeyfileContent.pair(
                    "fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e"
                        .getBytes(UTF_8))
                .account())
        .isEqualTo(
            AccountId.fromHex("46ebddef8cd9bb167dc30878d7113b7e168e6f0646beffd77d69d39bad76b47a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{}",
        "no such words at all",
        "{\"secretSeed\":\"0x00\"}",
        "{\"secretSeed\":7}",
        "{\"ss58Address\":\"5Grw\",\"secretSeed\":\"0x00\"}"
      })
  void nonsenseIsOneSentenceWithoutTheContent(String content) {
    assertThatThrownBy(() -> KeyfileContent.pair(content.getBytes(UTF_8)))
        .isInstanceOf(KeyfileException.class)
        .hasMessageStartingWith("The keyfile")
        .hasNoCause();
  }

  @Test
  void aSecretOfAnotherAddressIsNoticed() {
    String mixed =
        "{\"ss58Address\":\"5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty\",\"secretSeed\":"
            + "\"0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e\"}";

    assertThatThrownBy(() -> KeyfileContent.pair(mixed.getBytes(UTF_8)))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining("is not that of its address 5FHneW46");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../validator", "a/b", ".hidden", ""})
  void namesThatLeaveTheFolderAreRefused(String name) {
    assertThatThrownBy(() -> new Wallet(root, name, "default"))
        .isInstanceOf(KeyfileException.class);
  }

  @Test
  void aFileInAFoldersPlaceIsAMistakeOfTheConfiguration() throws IOException {
    Wallet misplaced = new Wallet(Files.createFile(root.resolve("file")), "validator", "default");

    assertThatThrownBy(() -> misplaced.hotkey(WalletTest::notAsked))
        .isInstanceOf(KeyfileException.class)
        .hasMessageContaining("can't be read");
  }

  private static char[] notAsked() {
    throw new AssertionError("a plain keyfile needs no password");
  }
}
