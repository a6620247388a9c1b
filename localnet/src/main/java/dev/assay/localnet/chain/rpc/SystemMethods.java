package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.Ss58;
import dev.assay.localnet.chain.Chain;
import java.util.Map;

/** {@code system_*}: what the node says of itself. */
record SystemMethods(Chain chain) {
  private static final String NAME = "Assay localnet";

  Map<String, RpcMethod> all() {
    return Map.of(
        "system_chain", (params, exchange) -> Json.text(NAME),
        "system_name", (params, exchange) -> Json.text("assay-localnet"),
        "system_version", (params, exchange) -> Json.text("0.1.0"),
        "system_chainType", (params, exchange) -> Json.text("Local"),
        "system_properties", (params, exchange) -> properties(),
        "system_health", (params, exchange) -> health(),
        "system_nodeRoles", (params, exchange) -> Json.array().add("Authority"),
        "system_peers", (params, exchange) -> Json.array(),
        "system_syncState", (params, exchange) -> syncState());
  }

  private static JsonNode properties() {
    ObjectNode json = Json.object();
    json.put("ss58Format", Ss58.PREFIX).put("tokenDecimals", 9).put("tokenSymbol", "TAO");
    return json;
  }

  private static JsonNode health() {
    return Json.object().put("peers", 0).put("isSyncing", false).put("shouldHavePeers", false);
  }

  private JsonNode syncState() {
    long best = chain.blocks().best().number();
    return Json.object()
        .put("startingBlock", 0)
        .put("currentBlock", best)
        .put("highestBlock", best);
  }
}
