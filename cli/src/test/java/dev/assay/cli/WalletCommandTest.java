package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Mnemonic;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletCommandTest {
  private static final Mnemonic PHRASE = Mnemonic.generate(new Random(3));

  @TempDir private Path folder;
  private Path wallets;
  private List<String> usual;

  @BeforeEach
  void start() {
    wallets = folder.resolve("wallets");
    usual = List.of("--wallets", wallets.toString(), "--wallet", "miner");
  }

  private CommandRun run(int code, String... words) {
    return CommandRun.of(usual, words).ending(code);
  }

  private Path secret(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aNewWalletHasBothKeysForTheOwnerAlone() throws Exception {
    JsonNode made = run(ExitCode.DONE, "wallet", "new", "--no-password", "--json").json();

    Wallet wallet = new Wallet(wallets, "miner", "default");
    assertThat(made.path("hotkey").asText()).isEqualTo(wallet.hotkeyAccount().ss58());
    assertThat(wallet.coldkey(WalletCommandTest::none).account())
        .isEqualTo(wallet.coldkeyAccount());
    for (Path file : List.of(wallet.coldkeyFile(), wallet.hotkeyFile())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anotherHotkeyJoinsTheColdkeyThatIsThere() throws Exception {
    run(ExitCode.DONE, "wallet", "new", "--no-password");
    JsonNode second = run(ExitCode.DONE, "wallet", "new", "--hotkey", "second", "--json").json();

    assertThat(second.path("new_coldkey").asBoolean()).isFalse();
    assertThat(run(ExitCode.DONE, "wallet", "list").out())
        .contains("default")
        .contains("second")
        .contains("plain");
  }

  @Test
  void noKeyIsReplacedUnlessThatIsAskedFor() throws Exception {
    run(ExitCode.DONE, "wallet", "new", "--no-password");
    Wallet wallet = new Wallet(wallets, "miner", "default");
    byte[] before = Files.readAllBytes(wallet.hotkeyFile());

    CommandRun refused = run(ExitCode.USAGE, "wallet", "new", "--no-password");

    assertThat(refused.err()).contains("--overwrite");
    assertThat(wallet.hotkeyFile()).hasBinaryContent(before);
    run(ExitCode.DONE, "wallet", "new", "--no-password", "--overwrite");
    assertThat(Files.readAllBytes(wallet.hotkeyFile())).isNotEqualTo(before);
    assertThat(wallet.hotkey(WalletCommandTest::none).account()).isEqualTo(wallet.hotkeyAccount());
  }

  @Tag("long")
  @Test
  void aPasswordFromAFileOpensTheColdkeyAgain() throws Exception {
    Path password = secret("password", "Correct-Horse-7");
    run(
        ExitCode.DONE,
        "wallet",
        "import",
        "coldkey",
        "--secret-file",
        secret("words", PHRASE.phrase()).toString(),
        "--password-file",
        password.toString());

    Wallet wallet = new Wallet(wallets, "miner", "default");
    assertThat(wallet.coldkeyKept()).isEqualTo(Wallet.Kept.ENCRYPTED);
    assertThat(wallet.coldkey("Correct-Horse-7"::toCharArray).account())
        .isEqualTo(Keypair.fromMnemonic(PHRASE).account());
    assertThat(run(ExitCode.DONE, "wallet", "list").out()).contains("encrypted");
  }

  @Test
  void withoutATerminalASecretComesFromAFileOrTheEnvironment() {
    assertThat(run(ExitCode.USAGE, "wallet", "new").err())
        .contains("ASSAY_COLDKEY_PASSWORD")
        .contains("--password-file");
    assertThat(run(ExitCode.USAGE, "wallet", "import", "hotkey").err())
        .contains("ASSAY_WALLET_SECRET");
    assertThat(wallets).doesNotExist();
  }

  @Test
  void aSecretThatOthersCanReadIsRefused() throws Exception {
    Path open = secret("words", PHRASE.phrase());
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    CommandRun refused =
        run(ExitCode.USAGE, "wallet", "import", "hotkey", "--secret-file", open.toString());

    assertThat(refused.err()).contains("chmod 600");
  }

  @Test
  void aMistypedWordIsNamedByItsPlaceAlone() throws Exception {
    String wrong = PHRASE.phrase().replaceFirst("\\S+", "assayer");

    CommandRun refused =
        run(
            ExitCode.USAGE,
            "wallet",
            "import",
            "hotkey",
            "--secret-file",
            secret("words", wrong).toString());

    assertThat(refused.err()).contains("word 1").doesNotContain("assayer");
  }

  @Test
  void anAddressAloneIsEnoughToWatch() throws Exception {
    String alice = Keypair.fromUri("//Alice").account().ss58();
    run(ExitCode.DONE, "wallet", "import", "coldkey", "--address", alice);

    assertThat(run(ExitCode.DONE, "wallet", "list").out()).contains(alice).contains("address only");
  }

  @Test
  void whatAKeySignsIsVerifiedByItsAddressAlone() throws Exception {
    run(ExitCode.DONE, "wallet", "new", "--no-password");
    JsonNode signed =
        run(ExitCode.DONE, "wallet", "sign", "--message", "It is me.", "--json").json();
    List<String> signature =
        List.of(
            "--address",
            signed.path("address").asText(),
            "--signature",
            signed.path("signature").asText());

    CommandRun.of(signature, "wallet", "verify", "--message", "It is me.").ending(ExitCode.DONE);
    CommandRun.of(signature, "wallet", "verify", "--message", "It is I.").ending(ExitCode.FAILED);
  }

  @Test
  void noOutputHoldsASecret() throws Exception {
    String phrase = PHRASE.phrase();
    String password = "planted-secret-7";
    Path words = secret("words", phrase);
    Map<String, String> environment =
        Map.of(
            "ASSAY_COLDKEY_PASSWORD", password,
            "ASSAY_HOTKEY_PASSWORD", password,
            "ASSAY_HUB_TOKEN", password,
            "ASSAY_WALLET_SECRET", phrase);
    List<List<String>> commands =
        List.of(
            List.of("wallet", "import", "hotkey", "--verbose"),
            List.of("wallet", "import", "hotkey", "--secret-file", words + "", "--verbose"),
            List.of("wallet", "list", "--json"),
            List.of("wallet", "show", "--json"),
            List.of("wallet", "sign", "--message", "x", "--verbose"),
            List.of("register", "--endpoint", "http://127.0.0.1:1", "--yes", "--verbose"));
    String said = OwnProcess.said(environment, commands, usual);

    assertThat(said).contains(Keypair.fromMnemonic(PHRASE).account().ss58());
    assertThat(said).doesNotContain(password).doesNotContain(phrase);
    String seed = HexFormat.of().formatHex(PHRASE.seed(""));
    assertThat(said).doesNotContainIgnoringCase(seed);
  }

  private static char[] none() {
    throw new AssertionError("a plain keyfile needs no password");
  }
}
