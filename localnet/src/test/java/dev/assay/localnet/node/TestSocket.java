package dev.assay.localnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket to a node, and what was heard over it, in order. */
final class TestSocket implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  private TestSocket(URI address) {
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Listener(heard, new StringBuilder()))
            .join();
  }

  static TestSocket connect(TestChain chain) {
    return new TestSocket(chain.node.webSocket());
  }

  /** The answer, which nothing else may come before. */
  String ask(String method, String params) throws InterruptedException {
    return answer(method, params).get("result").asText();
  }

  /** The answer or the error, which nothing else may come before. */
  JsonNode answer(String method, String params) throws InterruptedException {
    String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"";
    socket.sendText(head + method + "\",\"params\":" + params + "}", true).join();
    return next();
  }

  /** The next message. */
  JsonNode next() throws InterruptedException {
    JsonNode message = heard.poll(20, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  /** What the next notification tells. */
  JsonNode told() throws InterruptedException {
    return next().at("/params/result");
  }

  @Override
  public void close() {
    socket.abort();
  }

  private record Listener(BlockingQueue<JsonNode> heard, StringBuilder part)
      implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        try {
          heard.add(JSON.readTree(part.toString()));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException("the node sent what isn't JSON", e);
        }
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
