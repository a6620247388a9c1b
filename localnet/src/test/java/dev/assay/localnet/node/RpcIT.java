package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcIT {
  private TestChain chain;

  @BeforeEach
  void start() throws Exception {
    chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID));
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  @Test
  void aBatchIsAnsweredInItsOrder() {
    JsonNode answers =
        chain.post(
            "[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"chain_getBlockHash\",\"params\":[\"0x0\"]},"
                + "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"system_chain\"},"
                + "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"none\",\"params\":null}]");
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("id").asInt()).isEqualTo(7);
    assertThat(answers.get(0).get("result"))
        .isEqualTo(chain.result("chain_getBlockHash", 0))
        .isEqualTo(chain.result("chain_getHead"));
    assertThat(answers.get(1).get("id").asText()).isEqualTo("b");
    assertThat(answers.get(2).at("/error/code").asInt()).isEqualTo(-32601);
  }

  @Test
  void nonsenseIsAnsweredWithTheErrorsOfTheProtocol() {
    assertThat(chain.post("{").at("/error/code").asInt()).isEqualTo(-32700);
    assertThat(chain.post("[]").at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(chain.post("{\"id\":1}").at("/error/code").asInt()).isEqualTo(-32600);
    String deep = "[".repeat(100_000);
    assertThat(chain.post(deep).at("/error/code").asInt()).isEqualTo(-32700);
    assertThat(chain.call("state_getStorage", "0xzz").at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(chain.call("state_getStorage").at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(chain.call("chain_getHeader", "0x12").at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(chain.call("state_getKeysPaged", "0x", 100_000).at("/error/code").asInt())
        .isEqualTo(4002);
    assertThat(chain.call("chain_subscribeNewHeads").at("/error/code").asInt()).isEqualTo(-32601);
  }

  /** Of what a full node serves to anybody; docs/localnet.md names what is left out. */
  @Test
  void whatClientsAskOfAFullNodeIsServed() {
    List<String> asked =
        Pattern.compile("\\s+")
            .splitAsStream(
                """
                account_nextIndex archive_v1_body archive_v1_call archive_v1_finalizedHeight
                archive_v1_genesisHash archive_v1_hashByHeight archive_v1_header archive_v1_storage
                author_pendingExtrinsics author_submitAndWatchExtrinsic author_submitExtrinsic
                author_unwatchExtrinsic chainHead_v1_body chainHead_v1_call chainHead_v1_continue
                chainHead_v1_follow chainHead_v1_header chainHead_v1_stopOperation
                chainHead_v1_storage chainHead_v1_unfollow chainHead_v1_unpin
                chainSpec_v1_chainName chainSpec_v1_genesisHash chainSpec_v1_properties
                chain_subscribeAllHeads childstate_getKeys childstate_getStorage
                delegateInfo_getDelegate delegateInfo_getDelegated delegateInfo_getDelegates
                grandpa_proveFinality grandpa_roundState grandpa_subscribeJustifications
                neuronInfo_getNeuron neuronInfo_getNeuronLite neuronInfo_getNeurons
                neuronInfo_getNeuronsLite payment_queryFeeDetails payment_queryInfo state_getKeys
                state_queryStorage state_queryStorageAt subnetInfo_getAllDynamicInfo
                subnetInfo_getLockCost subnetInfo_getSubnetHyperparams subscribe_newHead
                system_dryRun system_localPeerId transactionWatch_v1_submitAndWatch
                transactionWatch_v1_unwatch transaction_v1_broadcast transaction_v1_stop
                unsubscribe_newHead
                """)
            .toList();
    List<String> served = new ArrayList<>();
    chain.result("rpc_methods").get("methods").forEach(name -> served.add(name.asText()));

    assertThat(served).containsAll(asked);
  }

  @Test
  void childTriesAreEmptyAndTheirKeysChecked() {
    String child = "0x" + HexFormat.of().formatHex(":child_storage:default:a".getBytes(UTF_8));

    assertThat(chain.result("childstate_getKeys", child, "0x")).isEmpty();
    assertThat(chain.result("childstate_getStorage", child, "0x01").isNull()).isTrue();
    assertThat(chain.result("childstate_getStorageEntries", child, List.of("0x01", "0x02")))
        .hasSize(2);
    assertThat(chain.call("childstate_getKeys", "0x01", "0x").at("/error/message").asText())
        .contains("Invalid child storage key");
  }

  @Test
  void aFunctionThatTheRuntimeLacksIsNamed() {
    JsonNode answer = chain.call("state_call", "Metadata_none", "0x");
    assertThat(answer.at("/error/message").asText())
        .contains("Exported method Metadata_none is not found");
  }

  @Test
  void callsThatNestTooDeepAreRefused() {
    StringBuilder nested = new StringBuilder("0000");
    for (int i = 0; i < 10_000; i++) {
      nested.append("0b0004");
    }
    byte[] call = HexFormat.of().parseHex(nested.substring(4) + nested.substring(0, 4));
    byte[] head = new byte[1 + 1 + 32 + 1 + 64 + 4];
    head[0] = (byte) 0x84;
    head[34] = 1;
    byte[] body = new byte[head.length + call.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(call, 0, body, head.length, call.length);
    byte[] extrinsic = new ScaleWriter().byteVec(body).toByteArray();
    JsonNode answer =
        chain.call("author_submitExtrinsic", "0x" + HexFormat.of().formatHex(extrinsic));
    assertThat(answer.at("/error/code").asInt()).isEqualTo(1002);
    assertThat(answer.at("/error/message").asText()).contains("nest deeper");
  }

  @Test
  void storageIsReadAtTheBlockThatIsAskedFor() {
    String number = "0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac";
    String genesis = chain.result("chain_getHead").asText();
    chain.advance(2);
    assertThat(chain.result("state_getStorage", number).asText()).isEqualTo("0x02000000");
    assertThat(chain.result("state_getStorage", number, genesis).asText()).isEqualTo("0x00000000");
    assertThat(chain.result("state_getKeysPaged", number, 10, null, genesis)).hasSize(1);
    String unknown = "0x" + "11".repeat(32);
    assertThat(chain.call("state_getStorage", number, unknown).at("/error/code").asInt())
        .isEqualTo(4003);
  }

  @Test
  void subscribersHearOfHeadsAndStorageUntilTheyUnsubscribe() throws Exception {
    try (TestSocket socket = TestSocket.connect(chain)) {
      String heads = socket.ask("chain_subscribeNewHeads", "[]");
      assertThat(socket.told().get("number").asText()).isEqualTo("0x0");
      chain.advance(1);
      JsonNode head = socket.next();
      assertThat(head.get("method").asText()).isEqualTo("chain_newHead");
      assertThat(head.at("/params/subscription").asText()).isEqualTo(heads);
      assertThat(head.at("/params/result/number").asText()).isEqualTo("0x1");
      assertThat(socket.ask("chain_unsubscribeNewHeads", "[\"" + heads + "\"]")).isEqualTo("true");

      String number = "0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac";
      socket.ask("state_subscribeStorage", "[[\"" + number + "\"]]");
      assertThat(socket.told().at("/changes/0/1").asText()).isEqualTo("0x01000000");
      chain.advance(1);
      assertThat(socket.told().at("/changes/0/1").asText()).isEqualTo("0x02000000");
    }
  }

  @Test
  void aWatchedExtrinsicIsReadyThenInABlockThenFinal() throws Exception {
    byte[] signed;
    try (Subtensor client = chain.client()) {
      signed =
          client
              .sign(Calls.transferKeepAlive(key("//Bob").account(), 1_000_000), key("//Alice"))
              .bytes()
              .asBytes();
    }
    try (TestSocket socket = TestSocket.connect(chain)) {
      String hex = "\"0x" + HexFormat.of().formatHex(signed) + "\"";
      socket.ask("author_submitAndWatchExtrinsic", "[" + hex + "]");
      assertThat(socket.told().asText()).isEqualTo("ready");
      chain.advance(1);
      String block = chain.result("chain_getHead").asText();
      assertThat(socket.told().get("inBlock").asText()).isEqualTo(block);
      assertThat(socket.told().get("finalized").asText()).isEqualTo(block);
    }
  }

  @Test
  void subtensorsOwnMethodsAnswerWhatTheRuntimeApisDo() {
    String viaApi =
        chain.result("state_call", "NeuronInfoRuntimeApi_get_neurons_lite", "0x0600").asText();
    JsonNode bytes = chain.result("neuronInfo_getNeuronsLite", NETUID);
    StringBuilder hex = new StringBuilder("0x");
    bytes.forEach(each -> hex.append(String.format("%02x", each.asInt())));

    assertThat(hex.toString()).isEqualTo(viaApi);
    assertThat(chain.result("subnetInfo_getLockCost").asLong()).isPositive();
    assertThat(chain.result("delegateInfo_getDelegates").isArray()).isTrue();
    assertThat(chain.call("subnetInfo_getMetagraph", 65_536).path("error").path("code").asInt())
        .isEqualTo(-32602);
  }

  @Test
  void theMetadataIsWhatClientsThatKnowTheMainNetworkExpect() {
    byte[] metadata =
        HexFormat.of().parseHex(chain.result("state_getMetadata").asText().substring(2));
    String text = new String(metadata, java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(text.substring(7, 30)).contains("sp_core").contains("crypto");
    assertThat(text).contains("Box<<T as Config>::RuntimeCall>");
    assertThat(text).contains("Neuron no validator permit.");
    assertThat(text).contains("MechanismEmissionSplit");
  }

  @Test
  void whatAnExtrinsicWouldComeToIsToldWithoutABlock() {
    long before = chain.node.chain().blocks().best().number();

    assertThat(
            chain.call("system_dryRun", "0x00").has("error")
                || chain.result("system_dryRun", "0x00").asText().startsWith("0x01"))
        .isTrue();
    assertThat(chain.node.chain().blocks().best().number()).isEqualTo(before);
  }
}
