package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import java.util.Map;

/** {@code grandpa_*} of a node where nobody votes: a block is final when it is sealed. */
record GrandpaMethods(Subscriptions subscriptions) {
  private static final int NOT_READY = 1;

  Map<String, RpcMethod> all() {
    return Map.of(
        "grandpa_roundState", this::roundState,
        "grandpa_proveFinality", (params, exchange) -> Json.none(),
        "grandpa_subscribeJustifications", this::justifications,
        "grandpa_unsubscribeJustifications", subscriptions::unsubscribe);
  }

  private JsonNode roundState(Params params, Exchange exchange) throws RpcException {
    throw new RpcException(NOT_READY, "GRANDPA RPC endpoint not ready");
  }

  /** There is never one to tell of. */
  private JsonNode justifications(Params params, Exchange exchange) throws RpcException {
    return Json.text(subscriptions.create("grandpa_justifications", exchange).id());
  }
}
