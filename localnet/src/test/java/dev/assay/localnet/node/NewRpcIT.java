package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The methods of the new JSON-RPC specification: chainHead, archive, transaction. */
class NewRpcIT {
  private static final String NUMBER =
      "0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac";
  private static final String SYSTEM = NUMBER.substring(0, 34);

  private TestChain chain;
  private TestSocket socket;
  private String transfer;

  @BeforeEach
  void start() throws Exception {
    chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID));
    socket = TestSocket.connect(chain);
  }

  @AfterEach
  void stop() {
    socket.close();
    chain.close();
  }

  @Test
  void aFollowerHearsOfEachBlockAndAsksAboutIt() throws Exception {
    String genesis = chain.result("chain_getHead").asText();
    String follow = socket.ask("chainHead_v1_follow", "[true]");
    JsonNode first = event("initialized");
    assertThat(first.at("/finalizedBlockHashes/0").asText()).isEqualTo(genesis);
    assertThat(first.at("/finalizedBlockRuntime/spec/specVersion"))
        .isEqualTo(chain.result("state_getRuntimeVersion").get("specVersion"));
    assertThat(first.at("/finalizedBlockRuntime/spec/apis/0xdf6acb689907609b").asInt())
        .isPositive();
    event("bestBlockChanged");

    chain.advance(1);
    String head = chain.result("chain_getHead").asText();
    JsonNode fresh = event("newBlock");
    assertThat(fresh.get("blockHash").asText()).isEqualTo(head);
    assertThat(fresh.get("parentBlockHash").asText()).isEqualTo(genesis);
    assertThat(fresh.get("newRuntime").isNull()).isTrue();
    assertThat(event("bestBlockChanged").get("bestBlockHash").asText()).isEqualTo(head);
    assertThat(event("finalized").at("/finalizedBlockHashes/0").asText()).isEqualTo(head);

    String block = quoted(follow, head);
    byte[] header = bytes(socket.ask("chainHead_v1_header", "[" + block + "]"));
    assertThat(HexFormat.of().formatHex(Blake2.blake2b256(header))).isEqualTo(head.substring(2));
    assertThat(operation("chainHead_v1_body", block, "operationBodyDone").get("value"))
        .isEqualTo(chain.result("chain_getBlock").at("/block/extrinsics"));
    assertThat(
            operation("chainHead_v1_call", block + ",\"Core_version\",\"0x\"", "operationCallDone")
                .get("output"))
        .isEqualTo(chain.result("state_call", "Core_version", "0x"));
    operation("chainHead_v1_call", block + ",\"Core_none\",\"0x\"", "operationError");
    String value = ",[{\"key\":\"" + NUMBER + "\",\"type\":\"value\"}],null";
    assertThat(
            operation("chainHead_v1_storage", block + value, "operationStorageItems")
                .at("/items/0/value")
                .asText())
        .isEqualTo("0x01000000");
    event("operationStorageDone");

    assertThat(socket.answer("chainHead_v1_unpin", "[" + block + "]").has("error")).isFalse();
    assertThat(code("chainHead_v1_header", block)).isEqualTo(-32801);
    assertThat(code("chainHead_v1_unpin", block)).isEqualTo(-32801);
    socket.ask("chainHead_v1_unfollow", quotedList(follow));
    assertThat(socket.answer("chainHead_v1_body", "[" + block + "]").at("/result/result").asText())
        .isEqualTo("limitReached");
  }

  @Test
  void everyKeyUnderAPrefixIsTold() throws Exception {
    String follow = socket.ask("chainHead_v1_follow", "[false]");
    String head = event("initialized").at("/finalizedBlockHashes/0").asText();
    event("bestBlockChanged");
    String all = ",[{\"key\":\"" + SYSTEM + "\",\"type\":\"descendantsHashes\"}],null";

    JsonNode items =
        operation("chainHead_v1_storage", quoted(follow, head) + all, "operationStorageItems");
    event("operationStorageDone");

    assertThat(items.get("items")).hasSize(chain.result("state_getKeys", SYSTEM).size());
    for (JsonNode item : items.get("items")) {
      assertThat(item.get("hash"))
          .isEqualTo(chain.result("state_getStorageHash", item.get("key").asText()));
    }
    assertThat(code("chainHead_v1_call", quoted(follow, head) + ",\"Core_version\",\"0x\""))
        .isEqualTo(-32802);
  }

  @Test
  void aFollowerThatLetsNothingGoIsToldToBeginAnew() throws Exception {
    socket.ask("chainHead_v1_follow", "[false]");
    for (int i = 0; i < 512; i++) {
      chain.node.chain().seal();
    }

    JsonNode last = socket.told();
    while (!last.get("event").asText().equals("stop")) {
      last = socket.told();
    }
    // Nothing more is told: the next message answers the next question.
    chain.advance(1);
    assertThat(socket.ask("system_chain", "[]")).isEqualTo("Assay localnet");
  }

  @Test
  void aConnectionFollowsAFewTimesOnly() throws Exception {
    for (int i = 0; i < 4; i++) {
      socket.ask("chainHead_v1_follow", "[false]");
      event("initialized");
      event("bestBlockChanged");
    }
    assertThat(code("chainHead_v1_follow", "false")).isEqualTo(-32800);
  }

  @Test
  void anyBlockIsReadFromTheArchive() throws Exception {
    chain.advance(3);
    String second = chain.result("archive_v1_hashByHeight", 2).get(0).asText();
    assertThat(second).isEqualTo(chain.result("chain_getBlockHash", 2).asText());
    assertThat(chain.result("archive_v1_hashByHeight", 4)).isEmpty();
    assertThat(chain.result("archive_v1_finalizedHeight").asInt()).isEqualTo(3);
    assertThat(chain.result("archive_v1_genesisHash"))
        .isEqualTo(chain.result("chainSpec_v1_genesisHash"));
    byte[] header = bytes(chain.result("archive_v1_header", second).asText());
    assertThat(HexFormat.of().formatHex(Blake2.blake2b256(header))).isEqualTo(second.substring(2));
    assertThat(chain.result("archive_v1_body", second))
        .isEqualTo(chain.result("chain_getBlock", second).at("/block/extrinsics"));
    assertThat(chain.result("archive_v1_call", second, "Core_version", "0x").get("value"))
        .isEqualTo(chain.result("state_call", "Core_version", "0x"));
    assertThat(
            chain.result("archive_v1_call", second, "Core_none", "0x").get("success").asBoolean())
        .isFalse();
    assertThat(chain.result("archive_v1_body", "0x" + "11".repeat(32)).isNull()).isTrue();

    String query = ",[{\"key\":\"" + NUMBER + "\",\"type\":\"value\"}],null]";
    socket.ask("archive_v1_storage", "[\"" + second + "\"" + query);
    assertThat(event("storage").get("value").asText()).isEqualTo("0x02000000");
    event("storageDone");
    socket.ask("archive_v1_storage", "[\"0x" + "11".repeat(32) + "\"" + query);
    event("storageError");
  }

  @Test
  void changesOfARangeAreRead() {
    String genesis = chain.result("chain_getHead").asText();
    chain.advance(2);
    List<String> values = new ArrayList<>();
    for (JsonNode set : chain.result("state_queryStorage", List.of(NUMBER), genesis)) {
      values.add(set.at("/changes/0/1").asText());
    }
    assertThat(values).containsExactly("0x00000000", "0x01000000", "0x02000000");
  }

  @Test
  void aWatchedTransactionIsValidatedThenIncludedThenFinal() throws Exception {
    String transfer = "[\"" + transfer() + "\"]";
    socket.ask("transactionWatch_v1_submitAndWatch", transfer);
    event("validated");
    chain.advance(1);
    String block = chain.result("chain_getHead").asText();
    assertThat(event("bestChainBlockIncluded").at("/block/hash").asText()).isEqualTo(block);
    JsonNode included = event("finalized").get("block");
    assertThat(
            chain.result("chain_getBlock").at("/block/extrinsics/" + included.get("index").asInt()))
        .isEqualTo(TextNode.valueOf(transfer()));

    socket.ask("transactionWatch_v1_submitAndWatch", transfer);
    assertThat(event("invalid").get("error").asText()).isNotEmpty();
  }

  @Test
  void aBroadcastTransactionIsIncludedAndStopsOnce() throws Exception {
    String name = socket.ask("transaction_v1_broadcast", "[\"" + transfer() + "\"]");
    chain.advance(1);
    assertThat(chain.result("chain_getBlock").at("/block/extrinsics").toString())
        .contains(transfer());
    assertThat(socket.answer("transaction_v1_stop", quotedList(name)).has("error")).isFalse();
    assertThat(code("transaction_v1_stop", "\"" + name + "\"")).isEqualTo(-32602);
    assertThat(socket.ask("transaction_v1_broadcast", "[\"0x00\"]")).isNotEmpty();
  }

  private String transfer() {
    if (transfer == null) {
      try (Subtensor client = chain.client()) {
        byte[] bytes =
            client
                .sign(Calls.transferKeepAlive(key("//Bob").account(), 1_000_000), key("//Alice"))
                .bytes()
                .asBytes();
        transfer = "0x" + HexFormat.of().formatHex(bytes);
      }
    }
    return transfer;
  }

  private JsonNode event(String name) throws InterruptedException {
    JsonNode told = socket.told();
    assertThat(told.path("event").asText()).isEqualTo(name);
    return told;
  }

  /** What an operation comes to, which is told behind its name. */
  private JsonNode operation(String method, String params, String event) throws Exception {
    JsonNode started = socket.answer(method, "[" + params + "]").get("result");
    assertThat(started.path("result").asText()).isEqualTo("started");
    JsonNode told = event(event);
    assertThat(told.get("operationId")).isEqualTo(started.get("operationId"));
    return told;
  }

  private int code(String method, String params) throws InterruptedException {
    return socket.answer(method, "[" + params + "]").at("/error/code").asInt();
  }

  private static String quoted(String follow, String block) {
    return "\"" + follow + "\",\"" + block + "\"";
  }

  private static String quotedList(String name) {
    return "[\"" + name + "\"]";
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.substring(2));
  }
}
