package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import dev.assay.localnet.rpc.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Subscriptions to heads, to storage and to the runtime's version. */
record SubscriptionMethods(Chain chain, BlockLookup lookup, Subscriptions subscriptions) {

  Map<String, RpcMethod> all() {
    Map<String, RpcMethod> methods = new HashMap<>();
    heads(methods, "chain_%sNewHeads", "chain_newHead");
    heads(methods, "chain_%sNewHead", "chain_newHead");
    heads(methods, "chain_%sAllHeads", "chain_allHead");
    heads(methods, "chain_%sFinalizedHeads", "chain_finalizedHead");
    heads(methods, "chain_%sFinalisedHeads", "chain_finalizedHead");
    methods.put("subscribe_newHead", methods.get("chain_subscribeNewHead"));
    methods.put("unsubscribe_newHead", subscriptions::unsubscribe);
    methods.put("state_subscribeRuntimeVersion", this::runtimeVersion);
    methods.put("state_unsubscribeRuntimeVersion", subscriptions::unsubscribe);
    methods.put("chain_subscribeRuntimeVersion", this::runtimeVersion);
    methods.put("chain_unsubscribeRuntimeVersion", subscriptions::unsubscribe);
    methods.put("state_subscribeStorage", this::storage);
    methods.put("state_unsubscribeStorage", subscriptions::unsubscribe);
    return methods;
  }

  private void heads(Map<String, RpcMethod> methods, String pattern, String notification) {
    methods.put(
        String.format(pattern, "subscribe"),
        (params, exchange) -> {
          Subscription subscription = subscriptions.create(notification, exchange);
          subscriptions.heads(subscription);
          return Json.text(subscription.id());
        });
    methods.put(String.format(pattern, "unsubscribe"), subscriptions::unsubscribe);
  }

  private JsonNode runtimeVersion(Params params, Exchange exchange) throws RpcException {
    Subscription subscription = subscriptions.create("state_runtimeVersion", exchange);
    subscriptions.runtimeVersion(subscription);
    return Json.text(subscription.id());
  }

  private JsonNode storage(Params params, Exchange exchange) throws RpcException {
    List<byte[]> keys = params.hexes(0);
    if (keys.isEmpty() || keys.size() > Subscriptions.MAX_KEYS) {
      throw RpcException.invalidParams(
          "a storage subscription has 1 to " + Subscriptions.MAX_KEYS + " keys");
    }
    Subscription subscription = subscriptions.create("state_storage", exchange);
    subscriptions.storage(subscription, keys);
    return Json.text(subscription.id());
  }
}
