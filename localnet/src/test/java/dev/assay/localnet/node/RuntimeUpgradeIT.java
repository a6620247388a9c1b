package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chain whose runtime is upgraded: block 4 is the last that the first one executes. */
class RuntimeUpgradeIT {
  private static final int UPGRADE = 4;
  private static final String CODE = "0x3a636f6465";

  private TestChain chain;

  @BeforeEach
  void start() throws Exception {
    chain = upgrading(Sealing.MANUAL);
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  @Test
  void eachBlockHasTheVersionTheMetadataAndTheCodeOfItsRuntime() {
    chain.advance(UPGRADE + 1);
    String before = hash(UPGRADE - 1);
    String at = hash(UPGRADE);

    assertThat(version(before).get("specVersion").asInt()).isEqualTo(425);
    assertThat(version(before).get("transactionVersion").asInt()).isEqualTo(1);
    assertThat(version(at).get("specVersion").asInt()).isEqualTo(426);
    assertThat(version(at).get("transactionVersion").asInt()).isEqualTo(2);
    assertThat(version()).isEqualTo(version(at));
    assertThat(chain.result("state_call", "Core_version", "0x", before))
        .isNotEqualTo(chain.result("state_call", "Core_version", "0x", at));
    assertThat(chain.result("state_getStorageHash", CODE, before))
        .isNotEqualTo(chain.result("state_getStorageHash", CODE, at));
    assertThat(metadata(before).pallet("System").storage()).doesNotContainKey("LastRuntimeUpgrade");
    assertThat(metadata(at).pallet("System").storage()).containsKey("LastRuntimeUpgrade");
  }

  @Test
  void theBlockThatUpgradesSaysSoInItsDigestAndItsEvents() {
    chain.advance(UPGRADE + 1);

    JsonNode header = chain.result("chain_getHeader", hash(UPGRADE));
    assertThat(header.at("/digest/logs/1").asText()).isEqualTo("0x08");
    assertThat(chain.result("chain_getHeader").at("/digest/logs")).hasSize(1);
    try (Subtensor client = chain.client()) {
      assertThat(client.at(UPGRADE).events()).anyMatch(event -> event.name().equals("CodeUpdated"));
      assertThat(client.at(UPGRADE).storage("System", "LastRuntimeUpgrade")).isEmpty();
      Value last = client.at(UPGRADE + 1).storage("System", "LastRuntimeUpgrade").orElseThrow();
      assertThat(last.field("spec_version").asLong()).isEqualTo(426);
    }
  }

  @Test
  void subscribersHearOfTheNewVersionOnce() throws Exception {
    try (TestSocket socket = TestSocket.connect(chain)) {
      socket.ask("state_subscribeRuntimeVersion", "[]");
      assertThat(socket.told().get("specVersion").asInt()).isEqualTo(425);
      chain.advance(UPGRADE + 2);
      assertThat(socket.told().get("specVersion").asInt()).isEqualTo(426);
      assertThat(socket.ask("system_chain", "[]")).isNotEmpty();
    }
  }

  @Test
  void theMovedCallIsExecutedBeforeAndAfter() throws Exception {
    try (TestChain busy = upgrading(Sealing.INSTANT);
        Subtensor client = busy.client()) {
      Outcome registered =
          client.submit(Calls.burnedRegister(NETUID, key("//Hot").account()), key("//Alice"));
      assertThat(registered).isInstanceOf(Outcome.Included.class);
      assertThat(client.submit(commitment("before"), key("//Hot")))
          .isInstanceOf(Outcome.Included.class);
      busy.advance(UPGRADE);
      assertThat(client.submit(commitment("after"), key("//Hot")))
          .isInstanceOf(Outcome.Included.class);
      assertThat(client.at(client.bestHead()).commitments(NETUID).get(0).content())
          .isEqualTo("after".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatWasSignedForTheFirstRuntimeIsABadSignatureToTheNext() {
    String old;
    try (Subtensor client = chain.client()) {
      old = hex(client.sign(transfer(), key("//Alice")));
    }
    chain.advance(UPGRADE);

    JsonNode answer = chain.call("author_submitExtrinsic", old);
    assertThat(answer.at("/error/code").asInt()).isEqualTo(1010);
    assertThat(answer.at("/error/data").asText()).isEqualTo("Transaction has a bad signature");
  }

  @Test
  void whatStillWaitsWhenTheRuntimeChangesIsInvalid() throws Exception {
    String second;
    try (TestChain twin = upgrading(Sealing.MANUAL);
        Subtensor client = twin.client()) {
      twin.result("author_submitExtrinsic", hex(client.sign(transfer(), key("//Alice"))));
      second = hex(client.sign(transfer(), key("//Alice")));
    }
    try (TestSocket socket = TestSocket.connect(chain)) {
      socket.ask("author_submitAndWatchExtrinsic", "[\"" + second + "\"]");
      assertThat(socket.told().asText()).isEqualTo("future");
      chain.advance(UPGRADE);
      assertThat(socket.told().asText()).isEqualTo("invalid");
      assertThat(chain.result("author_pendingExtrinsics")).isEmpty();
    }
  }

  private static TestChain upgrading(Sealing sealing) throws Exception {
    Genesis genesis = TestChain.genesis(SubnetGenesis.of(NETUID)).withUpgradeAt(UPGRADE);
    return TestChain.start(sealing, genesis);
  }

  private static Call transfer() {
    return Calls.transferKeepAlive(key("//Bob").account(), 1_000_000);
  }

  private static Call commitment(String words) {
    return Calls.setCommitment(NETUID, words.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(SignedExtrinsic extrinsic) {
    return "0x" + HexFormat.of().formatHex(extrinsic.bytes().asBytes());
  }

  private String hash(long number) {
    return chain.result("chain_getBlockHash", number).asText();
  }

  private JsonNode version(Object... at) {
    return chain.result("state_getRuntimeVersion", at);
  }

  private Metadata metadata(String at) {
    String hex = chain.result("state_getMetadata", at).asText();
    return MetadataParser.parse(HexFormat.of().parseHex(hex.substring(2)));
  }
}
