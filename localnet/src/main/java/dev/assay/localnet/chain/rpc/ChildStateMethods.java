package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** {@code childstate_*}: no pallet here has a child trie, and one that isn't there is empty. */
record ChildStateMethods(BlockLookup lookup) {
  private static final byte[] PREFIX =
      ":child_storage:default:".getBytes(StandardCharsets.US_ASCII);

  Map<String, RpcMethod> all() {
    Map<String, RpcMethod> methods = new HashMap<>();
    methods.put("childstate_getKeys", (params, exchange) -> checked(params, 2, Json.array()));
    methods.put("childstate_getKeysPaged", (params, exchange) -> checked(params, 4, Json.array()));
    methods.put(
        "childstate_getKeysPagedAt", (params, exchange) -> checked(params, 4, Json.array()));
    methods.put("childstate_getStorage", (params, exchange) -> checked(params, 2, Json.none()));
    methods.put("childstate_getStorageHash", (params, exchange) -> checked(params, 2, Json.none()));
    methods.put("childstate_getStorageSize", (params, exchange) -> checked(params, 2, Json.none()));
    methods.put("childstate_getStorageEntries", this::entries);
    return methods;
  }

  private JsonNode entries(Params params, Exchange exchange) throws RpcException {
    ArrayNode values = Json.array();
    for (int i = params.hexes(1).size(); i > 0; i--) {
      values.addNull();
    }
    return checked(params, 2, values);
  }

  /** The answer, where the request names a child trie and a block that is there. */
  private JsonNode checked(Params params, int blockAt, JsonNode answer) throws RpcException {
    byte[] child = params.hex(0);
    if (child.length < PREFIX.length
        || !Arrays.equals(child, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw RpcException.client("Invalid child storage key");
    }
    lookup.state(params, blockAt);
    return answer;
  }
}
