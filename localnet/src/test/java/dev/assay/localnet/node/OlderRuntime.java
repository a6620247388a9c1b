package dev.assay.localnet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A client's way to a node that counts round trips and spoils the names of some runtime API methods
 * in the metadata, as if the runtime were too old to have them.
 */
final class OlderRuntime implements RpcClient {
  private final RpcClient rpc;
  private final List<String> missing;
  private int roundTrips;

  OlderRuntime(RpcClient rpc, String... missing) {
    this.rpc = rpc;
    this.missing = List.of(missing);
  }

  int roundTrips() {
    return roundTrips;
  }

  @Override
  public List<JsonNode> batch(List<RpcRequest> requests) {
    roundTrips++;
    List<JsonNode> results = new ArrayList<>(rpc.batch(requests));
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).parameters().contains("Metadata_metadata_at_version")) {
        results.set(i, TextNode.valueOf(spoiled(results.get(i).asText())));
      }
    }
    return results;
  }

  @Override
  public String endpoint() {
    return rpc.endpoint();
  }

  @Override
  public void close() {
    rpc.close();
  }

  private String spoiled(String metadata) {
    String spoiled = metadata;
    for (String method : missing) {
      spoiled = spoiled.replace(hex(method), hex("X" + method.substring(1)));
    }
    return spoiled;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
