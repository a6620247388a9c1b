package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.jobs.EarlierWarehouse;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.SubmitReport.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evaluation of release 07de487 doesn't name its chain: its weights are not set on any. */
class EarlierEvaluationIT {
  private static final int NETUID = ValidatorsChain.FULL;
  @AutoClose private static ValidatorsChain chain;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    assertThat(NETUID).isEqualTo(EarlierWarehouse.NETUID);
    chain = ValidatorsChain.start();
    chain.seal((int) (EarlierWarehouse.BLOCK + 1 - chain.head().number()));
  }

  @BeforeEach
  void unpack() throws Exception {
    EarlierWarehouse.unpack(folder);
  }

  private SubmitReport submit(URI endpoint) throws IOException {
    AssayConfiguration configuration =
        AssayConfiguration.load(
            Files.writeString(
                folder.resolve("assay.yaml"),
                """
                chain: {endpoints: ["%s"], netuid: %d, poll: 20ms}
                window: {blocks: 40}
                paths: {warehouse: "%s", bundles: "%s"}
                """
                    .formatted(
                        endpoint, NETUID, folder.resolve("tables"), folder.resolve("bundles"))),
            Map.of());
    return Submit.run(
        configuration,
        EarlierWarehouse.EVALUATION,
        chain.validator,
        Progress.silent(),
        Clock.systemUTC());
  }

  @Test
  void onAChainThatDoesNotHoldItsBlockItIsOfAnother() {
    assertThatThrownBy(() -> submit(chain.address()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another chain");
    assertThat(chain.weights(NETUID)).isEmpty();
  }

  @Test
  void onAChainThatHoldsItsBlockItsChainIsStillUnknown() throws Exception {
    HttpServer holder = holder();
    try {
      SubmitReport report = submit(URI.create("http://127.0.0.1:" + holder.getAddress().getPort()));

      assertThat(report.state()).isEqualTo(State.REFUSED);
      assertThat(report.reason()).contains("does not say which chain it was made on");
      assertThat(chain.weights(NETUID)).isEmpty();
    } finally {
      holder.stop(0);
    }
  }

  /** The chain, but for the hash of the one block that the warehouse was last read at. */
  private static HttpServer holder() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", new Holder()::answer);
    server.start();
    return server;
  }

  private static final class Holder {
    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();

    private void answer(HttpExchange exchange) throws IOException {
      byte[] asked = exchange.getRequestBody().readAllBytes();
      JsonNode answers = json.readTree(forward(asked));
      JsonNode questions = json.readTree(asked);
      if (questions.isArray()) {
        for (JsonNode question : questions) {
          answers.forEach(answer -> replace(question, answer));
        }
      } else {
        replace(questions, answers);
      }
      byte[] body = json.writeValueAsBytes(answers);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    private byte[] forward(byte[] asked) throws IOException {
      try {
        return client
            .send(
                HttpRequest.newBuilder(chain.address())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(asked))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body();
      } catch (InterruptedException stopped) {
        throw new IOException(stopped);
      }
    }

    private static void replace(JsonNode question, JsonNode answer) {
      if (question.path("method").asText().equals("chain_getBlockHash")
          && question.path("params").path(0).asLong() == EarlierWarehouse.BLOCK
          && question.path("id").equals(answer.path("id"))) {
        ((ObjectNode) answer).put("result", EarlierWarehouse.BLOCK_HASH);
      }
    }
  }
}
