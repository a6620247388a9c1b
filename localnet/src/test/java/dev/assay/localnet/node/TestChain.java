package dev.assay.localnet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A node on a free port, and ways to talk to it over its socket. */
public final class TestChain implements AutoCloseable {
  public static final int NETUID = 6;
  static final long GENESIS = 1_767_225_600_000L;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final ChainNode node;

  private TestChain(ChainNode node) {
    this.node = node;
  }

  static TestChain start(Sealing sealing, SubnetGenesis subnet) throws IOException {
    return start(sealing, genesis(subnet));
  }

  static TestChain start(Sealing sealing, Genesis genesis) throws IOException {
    return new TestChain(ChainNode.start(genesis, sealing, 0));
  }

  static TestChain start(Sealing sealing, SubnetGenesis subnet, int port) throws IOException {
    return new TestChain(ChainNode.start(genesis(subnet), sealing, port));
  }

  /** A chain that the directory keeps. */
  static TestChain startIn(Path directory, Genesis genesis) throws IOException {
    return new TestChain(ChainNode.startIn(directory, genesis, Sealing.MANUAL, 0));
  }

  public static Genesis genesis(SubnetGenesis subnet) {
    return new Genesis(
        1,
        GENESIS,
        DevelopmentAccounts.account("Alice"),
        DevelopmentAccounts.balances(),
        List.of(subnet));
  }

  static Keypair key(String uri) {
    return Keypair.fromUri(uri).withRandomness(new Random(uri.hashCode()));
  }

  Subtensor client() {
    Patience patience = new Patience(Duration.ofMillis(20), Duration.ofSeconds(20), false);
    return Subtensor.connect(List.of(node.http()), ConnectOptions.DEFAULT.withPatience(patience));
  }

  /** Seals empty blocks. */
  void advance(int blocks) {
    for (int i = 0; i < blocks; i++) {
      result("engine_createBlock", true, true, null);
    }
  }

  /** What a method answers. */
  JsonNode result(String method, Object... params) {
    JsonNode answer = call(method, params);
    if (answer.has("error")) {
      throw new IllegalStateException(method + ": " + answer.get("error"));
    }
    return answer.get("result");
  }

  JsonNode call(String method, Object... params) {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method);
    ArrayNode array = request.putArray("params");
    for (Object param : params) {
      array.add(JSON.valueToTree(param));
    }
    return post(request.toString());
  }

  JsonNode post(String body) {
    return post(node.http(), body);
  }

  static JsonNode post(URI address, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    try {
      return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException("the node doesn't answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
