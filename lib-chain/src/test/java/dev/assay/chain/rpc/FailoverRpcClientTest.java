package dev.assay.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailoverRpcClientTest {
  private static final RpcLimits LIMITS =
      new RpcLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000);
  private static final Retry RETRY = new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2));
  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"result\":\"here\"}";
  private static final String NOTHING = "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"result\":null}";

  @Test
  void aReadGoesOnWithTheNextEndpointAndStaysThere() {
    try (HttpEndpoint broken = new HttpEndpoint(503, request -> "");
        HttpEndpoint sound = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client = over(broken, sound)) {
      assertThat(client.call("chain_getHead").asText()).isEqualTo("here");
      assertThat(client.call("chain_getHead").asText()).isEqualTo("here");

      assertThat(broken.requests()).hasSize(1);
      assertThat(sound.requests()).hasSize(2);
    }
  }

  @Test
  void aReadIsTriedAsOftenAsAllowed() {
    try (HttpEndpoint broken = new HttpEndpoint(503, request -> "");
        FailoverRpcClient client = over(broken)) {
      assertThatThrownBy(() -> client.call("chain_getHead"))
          .isInstanceOf(RpcUnreachableException.class);

      assertThat(broken.requests()).hasSize(3);
    }
  }

  @Test
  void aSubmissionIsSentOnce() {
    try (HttpEndpoint broken = new HttpEndpoint(503, request -> "");
        HttpEndpoint sound = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client = over(broken, sound)) {
      assertThatThrownBy(() -> client.call("author_submitExtrinsic", "0x00"))
          .isInstanceOf(RpcUnreachableException.class);

      assertThat(broken.requests()).hasSize(1);
      assertThat(sound.requests()).isEmpty();
    }
  }

  @Test
  void anEndpointThatLagsIsPassedOver() {
    String unknown =
        "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"error\":{\"code\":4003,"
            + "\"message\":\"Client error: UnknownBlock: State already discarded\"}}";
    try (HttpEndpoint behind = new HttpEndpoint(200, request -> unknown);
        HttpEndpoint sound = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client = over(behind, sound)) {
      assertThat(client.call("state_getStorage", "0x00", "0x01").asText()).isEqualTo("here");
    }
  }

  /** What polkadot-sdk's nodes say, by method and age, and what proxies make of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4003|Client error: UnknownBlock: State already discarded for 0x01|",
        "4003|Client error: Api called for an unknown Block: State already discarded for 0x01|",
        "4003|Client error: UnknownBlock: Header was not found in the database: 0x01|",
        "4003|Client error: Api called for an unknown Block: Expect header: 0x01|",
        "4003|Client error: UnknownBlock: Expect block number from id: BlockId::Hash(0x01)|",
        "4003|Client error: UnknownBlock: Expect block hash from id: BlockId::Number(1)|",
        "4003|Client error: Failed to get header for hash 0x01|",
        "4003|Client error: State Database error: TooManySiblingBlocks|",
        "4003|Client error: Execution failed: Trie lookup error: Database missing expected key:"
            + " 0x01|",
        "4001|Cannot resolve a block range ['1' ... 'None]. UnknownBlock: Header was not found|",
        "4001|Cannot resolve a block range ['1' ... 'None]. Missing block component: Header|",
        "-32000|Client error: Api called for an unknown Block: State already discarded|",
        "-32603|Internal error|UnknownBlock: State already discarded for BlockId::Hash(0x01)",
        "1|Runtime error|Unable to query nonce.: Api called for an unknown Block: 0x01",
        "3002|Client error: UnknownBlock: Require header: BlockId::Hash(0x01)|",
        "0|unknown block|",
        "-32000|Block not found|",
      })
  void whateverTheWordsForABlockThatIsMissingTheNextEndpointIsAsked(
      int code, String message, String data) {
    String details = data == null ? "" : ",\"data\":\"" + data + "\"";
    String refusal =
        "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"error\":{\"code\":%d,\"message\":\"%s\"%s}}"
            .formatted(code, message, details);
    try (HttpEndpoint pruned = new HttpEndpoint(200, request -> refusal);
        HttpEndpoint archive = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client = over(pruned, archive)) {
      assertThat(client.call("state_getMetadata", "0x01").asText()).isEqualTo("here");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4003,Client error: Execution failed: Execution aborted due to trap",
    "-32601,Method not found",
    "1010,Invalid Transaction: ancient birth of an unknown block",
  })
  void anotherRefusalIsTheAnswer(int code, String message) {
    String refusal =
        "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"error\":{\"code\":%d,\"message\":\"%s\"}}"
            .formatted(code, message);
    try (HttpEndpoint one = new HttpEndpoint(200, request -> refusal);
        HttpEndpoint other = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client = over(one, other)) {
      assertThatThrownBy(() -> client.call("state_call", "x", "0x", "0x01"))
          .isInstanceOf(RpcErrorException.class);

      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aBlockThatAnotherEndpointKnowsIsReadThereAndItIsStayedWith() {
    try (HttpEndpoint behind = new HttpEndpoint(200, request -> NOTHING);
        HttpEndpoint sound = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client = over(behind, sound)) {
      assertThat(client.call("chain_getHeader", "0x01").asText()).isEqualTo("here");
      assertThat(client.call("chain_getFinalizedHead").asText()).isEqualTo("here");

      assertThat(behind.requests()).hasSize(1);
      assertThat(sound.requests()).hasSize(2);
    }
  }

  @Test
  void aBlockThatNoneKnowsIsAskedOnceOfEach() {
    try (HttpEndpoint one = new HttpEndpoint(200, request -> NOTHING);
        HttpEndpoint other = new HttpEndpoint(200, request -> NOTHING);
        FailoverRpcClient client = over(one, other)) {
      assertThat(client.call("chain_getBlockHash", 7).isNull()).isTrue();
      assertThat(client.call("state_getStorage", "0x00", "0x01").isNull()).isTrue();

      assertThat(one.requests()).hasSize(2);
      assertThat(other.requests()).hasSize(1);
    }
  }

  @Test
  void onlyWhatTheReviewNamesIsAsked() {
    try (HttpEndpoint one = new HttpEndpoint(200, request -> ANSWER);
        HttpEndpoint other = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client =
            new FailoverRpcClient(
                clients(one, other),
                RETRY,
                endpoints -> new EndpointOrder(endpoints.subList(1, 2), List.of()),
                Duration.ofHours(1))) {
      assertThat(client.call("chain_getHead").asText()).isEqualTo("here");

      assertThat(one.requests()).isEmpty();
    }
  }

  @Test
  void withoutAUsableEndpointASentenceNamesThem() {
    try (HttpEndpoint one = new HttpEndpoint(200, request -> ANSWER);
        FailoverRpcClient client =
            new FailoverRpcClient(
                clients(one),
                RETRY,
                endpoints -> new EndpointOrder(List.of(), List.of()),
                Duration.ofHours(1))) {
      assertThatThrownBy(() -> client.call("chain_getHead"))
          .isInstanceOf(RpcUnreachableException.class)
          .hasMessage(
              "none of " + one.address() + " serves the chain; the log tells what each serves");
    }
  }

  private static FailoverRpcClient over(HttpEndpoint... endpoints) {
    return new FailoverRpcClient(clients(endpoints), RETRY);
  }

  private static List<RpcClient> clients(HttpEndpoint... endpoints) {
    return List.of(endpoints).stream()
        .<RpcClient>map(endpoint -> new HttpRpcClient(endpoint.address(), LIMITS))
        .toList();
  }
}
