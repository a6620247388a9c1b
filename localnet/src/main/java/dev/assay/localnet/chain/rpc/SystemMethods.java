package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.Base58;
import dev.assay.chain.keys.Ss58;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.rpc.RpcMethod;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** {@code system_*}: what the node says of itself. */
record SystemMethods(Chain chain) {
  static final String NAME = "Assay localnet";

  /** An identity multihash of 36 bytes, in it protobuf's head of an ed25519 key of 32. */
  private static final String ED25519_IDENTITY = "002408011220";

  Map<String, RpcMethod> all() {
    Map<String, RpcMethod> methods = new HashMap<>();
    methods.put("system_chain", (params, exchange) -> Json.text(NAME));
    methods.put("system_name", (params, exchange) -> Json.text("assay-localnet"));
    methods.put("system_version", (params, exchange) -> Json.text("0.1.0"));
    methods.put("system_chainType", (params, exchange) -> Json.text("Local"));
    methods.put("system_properties", (params, exchange) -> properties());
    methods.put("system_health", (params, exchange) -> health());
    methods.put("system_nodeRoles", (params, exchange) -> Json.array().add("Authority"));
    methods.put("system_peers", (params, exchange) -> Json.array());
    methods.put("system_reservedPeers", (params, exchange) -> Json.array());
    methods.put("system_localPeerId", (params, exchange) -> Json.text(peerId()));
    methods.put("system_localListenAddresses", (params, exchange) -> Json.array());
    methods.put("system_syncState", (params, exchange) -> syncState());
    return methods;
  }

  static JsonNode properties() {
    ObjectNode json = Json.object();
    json.put("ss58Format", Ss58.PREFIX).put("tokenDecimals", 9).put("tokenSymbol", "TAO");
    return json;
  }

  private static JsonNode health() {
    return Json.object().put("peers", 0).put("isSyncing", false).put("shouldHavePeers", false);
  }

  /** Made of the chain's genesis as libp2p makes one of an ed25519 key, in base 58. */
  private String peerId() {
    ScaleWriter identity = new ScaleWriter().bytes(HexFormat.of().parseHex(ED25519_IDENTITY));
    return Base58.encode(identity.bytes(chain.blocks().genesis().hash().bytes()).toByteArray());
  }

  private JsonNode syncState() {
    long best = chain.blocks().best().number();
    return Json.object()
        .put("startingBlock", 0)
        .put("currentBlock", best)
        .put("highestBlock", best);
  }
}
