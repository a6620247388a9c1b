package dev.assay.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HttpRpcClientTest {
  private static final RpcLimits LIMITS =
      new RpcLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000);

  @Test
  void requestsAreJsonRpcTwoWithNullsKept() {
    try (HttpEndpoint endpoint =
            answering("{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"result\":\"0x01\"}");
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
      JsonNode result = client.call("state_getKeysPaged", "0xaa", 5, null, List.of("0xbb"));

      assertThat(result.asText()).isEqualTo("0x01");
      assertThat(endpoint.requests())
          .containsExactly(
              "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"method\":\"state_getKeysPaged\","
                  + "\"params\":[\"0xaa\",5,null,[\"0xbb\"]]}");
    }
  }

  @Test
  void aBatchIsOneExchangeAndKeepsItsOrder() {
    try (HttpEndpoint endpoint =
            answering(
                "[{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":2},"
                    + "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"result\":1}]");
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
      List<JsonNode> results = client.batch(List.of(RpcRequest.of("a"), RpcRequest.of("b")));

      assertThat(results).extracting(JsonNode::asInt).containsExactly(1, 2);
      assertThat(endpoint.requests()).hasSize(1);
    }
  }

  @Test
  void aMissingResultIsNull() {
    try (HttpEndpoint endpoint = answering("{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"result\":null}");
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
      assertThat(client.call("chain_getBlockHash", 9).isNull()).isTrue();
    }
  }

  @Test
  void anErrorKeepsCodeWordsAndData() {
    try (HttpEndpoint endpoint =
            answering(
                "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"error\":{\"code\":1010,"
                    + "\"message\":\"Invalid Transaction\",\"data\":\"Custom error: 6\"}}");
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
      assertThatThrownBy(() -> client.call("author_submitExtrinsic", "0x00"))
          .isInstanceOf(RpcErrorException.class)
          .hasMessage("the node answers with error 1010: Invalid Transaction (Custom error: 6)");
    }
  }

  /** jsonrpc4j's own resolver would load and instantiate the class that the server names. */
  @Test
  void theServerCannotChooseTheException() {
    try (HttpEndpoint endpoint =
            answering(
                "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"error\":{\"code\":-32000,\"message\":\"no\","
                    + "\"data\":{\"exceptionTypeName\":\""
                    + Planted.class.getName()
                    + "\",\"message\":\"planted\"}}}");
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
      assertThatThrownBy(() -> client.call("anything")).isInstanceOf(RpcErrorException.class);
      assertThat(Planted.instances).isZero();
    }
  }

  @Test
  void anAnswerBeyondTheLimitIsRefused() {
    try (HttpEndpoint endpoint = answering("\"" + "a".repeat(2000) + "\"");
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
      assertThatThrownBy(() -> client.call("state_getMetadata"))
          .isInstanceOf(RpcUnreachableException.class)
          .hasMessageContaining("the answer exceeds 1000 bytes");
    }
  }

  @Test
  void whatIsNotJsonRpcIsNoUsableAnswer() {
    for (String nonsense : List.of("", "<html>", "[]", "7", "{\"id\":\"0\"", "[[[[")) {
      try (HttpEndpoint endpoint = answering(nonsense);
          HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
        assertThatThrownBy(() -> client.call("chain_getHead"))
            .isInstanceOf(RpcUnreachableException.class);
      }
    }
  }

  @Test
  void anotherStatusIsNamed() {
    try (HttpEndpoint endpoint = new HttpEndpoint(429, request -> "slow down");
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), LIMITS)) {
      assertThatThrownBy(() -> client.call("chain_getHead"))
          .isInstanceOf(RpcUnreachableException.class)
          .hasMessageEndingWith("answers with HTTP status 429");
    }
  }

  @Test
  void aStalledAnswerIsGivenUpInTime() {
    CountDownLatch finished = new CountDownLatch(1);
    UnaryOperator<String> stalled =
        request -> {
          try {
            finished.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          return "";
        };
    RpcLimits brief = new RpcLimits(Duration.ofSeconds(5), Duration.ofMillis(50), 1000);
    try (HttpEndpoint endpoint = new HttpEndpoint(200, stalled);
        HttpRpcClient client = new HttpRpcClient(endpoint.address(), brief)) {
      assertThatThrownBy(() -> client.call("chain_getHead"))
          .isInstanceOf(RpcUnreachableException.class)
          .hasMessageEndingWith("gave no answer within 50 ms");
      finished.countDown();
    }
  }

  @Test
  void keysInAnAddressAreNotShown() {
    HttpRpcClient client =
        new HttpRpcClient(URI.create("https://user:secret@node.example/key?token=t"), LIMITS);

    assertThat(client.endpoint()).isEqualTo("https://node.example");
  }

  private static HttpEndpoint answering(String answer) {
    return new HttpEndpoint(200, request -> answer);
  }

  /** An exception that counts how often it is made. */
  public static final class Planted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static int instances;

    public Planted(String message) {
      super(message);
      instances++;
    }
  }
}
