package dev.assay.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Hostile messages of an endpoint: each is an answer, a notification, a loss, or nothing. */
class WebSocketFuzzTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final RpcLimits LIMITS =
      new RpcLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 4096);

  /** Lines are messages; one that ends in a tabulator is the first part of the next. */
  @FuzzTest
  void messagesAreMatchedToWhatWasAskedOrEndTheConnection(byte[] data) {
    Losses losses = new Losses();
    WebSocketConnection connection = new WebSocketConnection("a script", LIMITS, MAPPER);
    CompletableFuture<ObjectNode> answer = connection.expect(0);
    CompletableFuture<ObjectNode> subscribed = connection.expectSubscription(1, losses);
    StillSocket socket = new StillSocket();

    for (String line : new String(data, StandardCharsets.UTF_8).split("\n", 40)) {
      boolean last = !line.endsWith("\t");
      connection.onText(socket, line, last);
    }
    boolean answered = answer.isDone() && !answer.isCompletedExceptionally();
    boolean running = subscribed.isDone() && !subscribed.isCompletedExceptionally();
    connection.onClose(socket, 1000, "");

    assertThat(connection.isLost()).isTrue();
    assertThat(answer).isDone();
    assertThat(subscribed).isDone();
    assertThat(losses.count.get()).isLessThanOrEqualTo(1);
    if (answered) {
      assertThat(answer.join().path("id").asText()).isEqualTo("0");
    }
    if (running) {
      assertThat(subscribed.join().path("id").asText()).isEqualTo("1");
    } else {
      assertThat(losses.count).hasValue(0);
    }
  }

  private static final class Losses implements SubscriptionListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void next(JsonNode result) {
      assertThat(result).isNotNull();
    }

    @Override
    public void lost(RpcUnreachableException why) {
      count.incrementAndGet();
    }
  }
}
