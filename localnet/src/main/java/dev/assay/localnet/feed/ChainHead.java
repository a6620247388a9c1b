package dev.assay.localnet.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a chain node by JSON-RPC how far it has come. */
final class ChainHead {

  private static final Duration TIME = Duration.ofSeconds(5);
  private static final String REQUEST =
      JsonNodeFactory.instance
          .objectNode()
          .put("jsonrpc", "2.0")
          .put("id", 1)
          .put("method", "chain_getHeader")
          .set("params", JsonNodeFactory.instance.arrayNode())
          .toString();

  private final URI node;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIME).build();

  ChainHead(URI node) {
    this.node = node;
  }

  /**
   * The number of the newest block.
   *
   * @throws IOException when the node cannot be asked or answers nonsense
   */
  long number() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .timeout(TIME)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(REQUEST))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    JsonNode number = json.readTree(response.body()).path("result").path("number");
    if (!number.asText().matches("0x[0-9a-f]{1,8}")) {
      throw new IOException(
          "the chain node at " + node + " did not answer chain_getHeader with a block's number");
    }
    return Long.parseLong(number.asText().substring(2), 16);
  }
}
