package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A node that gives one answer to every request. */
public record ScriptedRpcClient(JsonNode answer) implements RpcClient {
  @Override
  public List<JsonNode> batch(List<RpcRequest> requests) {
    return requests.stream().map(request -> answer).toList();
  }

  @Override
  public String endpoint() {
    return "a script";
  }

  @Override
  public void close() {}
}
