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

  private static FailoverRpcClient over(HttpEndpoint... endpoints) {
    return new FailoverRpcClient(
        List.of(endpoints).stream()
            .<RpcClient>map(endpoint -> new HttpRpcClient(endpoint.address(), LIMITS))
            .toList(),
        RETRY);
  }
}
