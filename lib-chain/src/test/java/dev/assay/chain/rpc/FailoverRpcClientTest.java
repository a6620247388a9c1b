package dev.assay.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
