package dev.assay.localnet.chain.rpc;

import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.rpc.RpcMethod;
import java.util.Map;

/** {@code chainSpec_v1_*} of the new JSON-RPC specification: what never changes about the chain. */
record ChainSpecMethods(Chain chain) {
  Map<String, RpcMethod> all() {
    return Map.of(
        "chainSpec_v1_chainName", (params, exchange) -> Json.text(SystemMethods.NAME),
        "chainSpec_v1_genesisHash",
            (params, exchange) -> Json.hash(chain.blocks().genesis().hash()),
        "chainSpec_v1_properties", (params, exchange) -> SystemMethods.properties());
  }
}
