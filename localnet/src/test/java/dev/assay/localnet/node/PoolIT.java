package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Era;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.extrinsic.SigningTerms;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.RuntimeVersion;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The codes, the words and the statuses of Substrate's pool. */
class PoolIT {
  private static final String ALICE = "//Alice";
  private static final Era LONG = new Era(4096, 0);
  private static final int PERIOD = 4;
  private static final int BANNED_BLOCKS = 150;

  private TestChain chain;
  private Hash genesis;
  private RuntimeVersion version;
  private Metadata metadata;

  @BeforeEach
  void start() throws IOException {
    chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID));
    try (Subtensor client = chain.client()) {
      genesis = client.genesisHash();
      version = client.runtimeVersion();
      metadata = client.at(client.bestHead()).metadata();
    }
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  @Test
  void whatIsNoExtrinsicHasABadFormatOrFailsToDecode() {
    assertThat(refusal("0x1234").get("code").asInt()).isEqualTo(1001);
    assertThat(refusal("0x0884ff").get("code").asInt()).isEqualTo(1002);
  }

  @Test
  void whatIsInvalidSaysWhy() {
    assertInvalid(forged(), "Transaction has a bad signature");
    String poor = extrinsic("//Poor", transfer(1), 0, 0);
    assertInvalid(poor, "Inability to pay some fees (e.g. account balance too low)");
    Call sudo =
        Call.of("Sudo", "sudo")
            .with("call", Value.variant("System", Value.variant("remark", Value.of(new byte[1]))));
    assertInvalid(extrinsic("//Bob", sudo, 0, 0), "Invalid signing address");
    Hash elsewhere = Hash.fromHex("0x" + "11".repeat(32));
    assertInvalid(
        extrinsic(ALICE, transfer(1), 0, 0, LONG, elsewhere), "Transaction has a bad signature");
  }

  @Test
  void aUsedNonceIsOutdated() {
    submit(extrinsic(ALICE, transfer(1), 0, 0));
    chain.advance(1);
    assertInvalid(extrinsic(ALICE, transfer(2), 0, 0), "Transaction is outdated");
  }

  @Test
  void whatNobodySignedHasAnUnknownValidity() {
    JsonNode error = refusal("0x10040000" + "00");
    assertThat(error.get("code").asInt()).isEqualTo(1011);
    assertThat(error.get("message").asText()).isEqualTo("Unknown Transaction Validity");
    assertThat(error.get("data").asText())
        .isEqualTo("Could not find an unsigned validator for the unsigned transaction");
  }

  @Test
  void whatIsKnownIsAlreadyImported() {
    String transfer = extrinsic(ALICE, transfer(1), 0, 0);
    JsonNode hash = chain.result("author_submitExtrinsic", transfer);
    JsonNode error = refusal(transfer);
    assertThat(error.get("code").asInt()).isEqualTo(1013);
    assertThat(error.get("message").asText()).isEqualTo("Transaction Already Imported");
    assertThat(error.get("data")).isEqualTo(hash);
  }

  @Test
  void noTipReplacesAnExtrinsicOfTheSameNonce() {
    submit(extrinsic(ALICE, transfer(1), 0, 0));
    JsonNode error = refusal(extrinsic(ALICE, transfer(2), 0, 1_000_000));
    assertThat(error.get("code").asInt()).isEqualTo(1014);
    assertThat(error.get("message").asText()).isEqualTo("Priority is too low: (1 vs 1)");
  }

  @Test
  void aLaterNonceIsFutureUntilThoseBeforeItHaveCome() throws Exception {
    try (TestSocket socket = TestSocket.connect(chain)) {
      String second = extrinsic(ALICE, transfer(2), 1, 0);
      socket.ask("author_submitAndWatchExtrinsic", "[\"" + second + "\"]");
      assertThat(socket.told().asText()).isEqualTo("future");
      assertThat(chain.result("author_pendingExtrinsics")).isEmpty();
      chain.advance(1);

      submit(extrinsic(ALICE, transfer(1), 0, 0));
      assertThat(socket.told().asText()).isEqualTo("ready");
      assertThat(chain.result("author_pendingExtrinsics")).hasSize(2);
      chain.advance(1);
      assertThat(socket.told().has("inBlock")).isTrue();
      assertThat(socket.told().has("finalized")).isTrue();
    }
  }

  @Test
  void whatOutlivesItsEraIsInvalidAndBannedForHalfAnHour() throws Exception {
    try (TestSocket socket = TestSocket.connect(chain)) {
      String mortal = extrinsic(ALICE, transfer(1), 1, 0, new Era(PERIOD, 0), genesis);
      socket.ask("author_submitAndWatchExtrinsic", "[\"" + mortal + "\"]");
      assertThat(socket.told().asText()).isEqualTo("future");
      chain.advance(PERIOD);
      assertThat(socket.told().asText()).isEqualTo("invalid");

      JsonNode error = refusal(mortal);
      assertThat(error.get("code").asInt()).isEqualTo(1012);
      assertThat(error.get("message").asText()).isEqualTo("Transaction is temporarily banned");
      chain.advance(BANNED_BLOCKS);
      assertInvalid(mortal, "Transaction has a bad signature");
    }
  }

  private void assertInvalid(String extrinsic, String why) {
    JsonNode error = refusal(extrinsic);
    assertThat(error.get("code").asInt()).as(why).isEqualTo(1010);
    assertThat(error.get("message").asText()).isEqualTo("Invalid Transaction");
    assertThat(error.get("data").asText()).isEqualTo(why);
  }

  private void submit(String extrinsic) {
    chain.result("author_submitExtrinsic", extrinsic);
  }

  private JsonNode refusal(String extrinsic) {
    return chain.call("author_submitExtrinsic", extrinsic).get("error");
  }

  private static Call transfer(long rao) {
    return Calls.transferKeepAlive(key("//Bob").account(), 1_000_000 + rao);
  }

  private String forged() {
    String signed = extrinsic(ALICE, transfer(1), 0, 0);
    char digit = signed.charAt(120) == '0' ? '1' : '0';
    return signed.substring(0, 120) + digit + signed.substring(121);
  }

  private String extrinsic(String signer, Call call, long nonce, long tip) {
    return extrinsic(signer, call, nonce, tip, LONG, genesis);
  }

  private String extrinsic(String signer, Call call, long nonce, long tip, Era era, Hash birth) {
    SigningTerms terms = new SigningTerms(genesis, version, era, birth, nonce, tip);
    SignedExtrinsic signed = SignedExtrinsic.sign(call, metadata, terms, key(signer));
    return "0x" + HexFormat.of().formatHex(signed.bytes().asBytes());
  }
}
