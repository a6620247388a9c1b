package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Mnemonic;
import dev.assay.chain.keys.Sr25519;
import dev.assay.chain.keys.Ss58;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys, addresses, mnemonics and signatures, ours and those of @polkadot/util-crypto. */
class PolkadotKeysIT {

  private static final byte[] MESSAGE = "weights of block 7".getBytes(StandardCharsets.UTF_8);
  private static final List<Integer> PREFIXES = List.of(0, 2, 42, 63);
  private static final Mnemonic OURS = Mnemonic.generate(new Random(11));
  private static final List<String> URIS =
      List.of(
          "//Alice",
          "//Alice/soft",
          "//Alice//hard/soft//2",
          OURS.phrase() + "//stash///a password",
          "0x" + "17".repeat(32) + "/1");
  private static JsonNode theirs;

  @BeforeAll
  static void ask() throws Exception {
    List<Map<String, String>> signatures =
        URIS.stream()
            .map(Keypair::fromUri)
            .map(
                pair ->
                    Map.of("address", pair.account().ss58(), "signature", hex(pair.sign(MESSAGE))))
            .toList();
    byte[] account = Keypair.fromUri("//Alice").account().bytes();
    theirs =
        NodeScripts.installed()
            .run(
                "keys.mjs",
                Map.of(
                    "message", hex(MESSAGE),
                    "uris", URIS,
                    "signatures", signatures,
                    "mnemonics", List.of(OURS.phrase()),
                    "account", hex(account),
                    "prefixes", PREFIXES,
                    "addresses",
                        PREFIXES.stream().map(prefix -> Ss58.encode(account, prefix)).toList()),
                120);
  }

  @Test
  void theSameUriIsTheSameKey() {
    for (int i = 0; i < URIS.size(); i++) {
      Keypair ours = Keypair.fromUri(URIS.get(i));
      assertThat(theirs.path("pairs").get(i).path("address").asText())
          .as("the uri number %d", i)
          .isEqualTo(ours.account().ss58());
    }
  }

  @Test
  void theyVerifyOurSignatures() {
    assertThat(theirs.path("verified")).hasSize(URIS.size()).allMatch(JsonNode::booleanValue);
  }

  @Test
  void weVerifyTheirSignatures() {
    for (JsonNode pair : theirs.path("pairs")) {
      AccountId account = AccountId.fromHex(pair.path("publicKey").asText());
      byte[] signature = bytes(pair.path("signature").asText());

      assertThat(Sr25519.verify(account, MESSAGE, signature)).isTrue();
      signature[7] ^= 1;
      assertThat(Sr25519.verify(account, MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void mnemonicsGiveTheSameSeed() {
    JsonNode fresh = theirs.path("fresh");
    Mnemonic their = Mnemonic.parse(fresh.path("mnemonic").asText());

    assertThat(hex(their.seed(""))).isEqualTo(fresh.path("seed").asText());
    assertThat(Keypair.fromMnemonic(their).account().ss58())
        .isEqualTo(fresh.path("address").asText());
    assertThat(theirs.path("seeds").get(0).asText()).isEqualTo(hex(OURS.seed("")));
  }

  @Test
  void addressesOfEveryPrefixAreTheSame() {
    byte[] account = Keypair.fromUri("//Alice").account().bytes();
    for (int i = 0; i < PREFIXES.size(); i++) {
      String address = theirs.path("addresses").get(i).asText();
      assertThat(address).isEqualTo(Ss58.encode(account, PREFIXES.get(i)));
      assertThat(Ss58.decode(address, PREFIXES.get(i))).isEqualTo(account);
      assertThat(theirs.path("accounts").get(i).asText()).isEqualTo(hex(account));
    }
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.substring(2));
  }
}
