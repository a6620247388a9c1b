package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.PoolException;
import dev.assay.localnet.chain.runtime.InvalidTransactionException;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import java.util.Map;

/** {@code author_*}: submitting extrinsics; and what an account needs to make one. */
record AuthorMethods(Chain chain, BlockLookup lookup, Subscriptions subscriptions) {

  Map<String, RpcMethod> all() {
    return Map.of(
        "author_submitExtrinsic", this::submit,
        "author_submitAndWatchExtrinsic", this::submitAndWatch,
        "author_unwatchExtrinsic", subscriptions::unsubscribe,
        "author_pendingExtrinsics", this::pending,
        "system_accountNextIndex", this::nextIndex,
        "account_nextIndex", this::nextIndex,
        "payment_queryInfo", this::queryInfo);
  }

  private JsonNode submit(Params params, Exchange exchange) throws RpcException {
    try {
      return Json.hash(chain.submit(params.hex(0)));
    } catch (PoolException e) {
      throw refused(e);
    }
  }

  private JsonNode submitAndWatch(Params params, Exchange exchange) throws RpcException {
    Subscription watch = subscriptions.create("author_extrinsicUpdate", exchange);
    try {
      chain.submit(params.hex(0), extrinsic -> subscriptions.watch(watch, extrinsic.hash()));
    } catch (PoolException e) {
      subscriptions.discard(watch);
      throw refused(e);
    }
    return Json.text(watch.id());
  }

  private static RpcException refused(PoolException e) {
    return new RpcException(e.code(), e.getMessage(), e.data());
  }

  private JsonNode pending(Params params, Exchange exchange) {
    return Json.hexes(chain.pending().stream().map(extrinsic -> extrinsic.bytes().raw()).toList());
  }

  private JsonNode nextIndex(Params params, Exchange exchange) throws RpcException {
    return LongNode.valueOf(chain.nextNonce(account(params.text(0))));
  }

  private JsonNode queryInfo(Params params, Exchange exchange) throws RpcException {
    NodeRuntime runtime = lookup.runtime(params, 1);
    try {
      SignedExtrinsic extrinsic = SignedExtrinsic.decode(params.hex(0), runtime.codec());
      ObjectNode info = Json.object();
      ObjectNode weight = info.putObject("weight");
      weight.put("ref_time", runtime.weight(extrinsic.call()).refTime()).put("proof_size", 0);
      info.put("class", "normal");
      info.put("partialFee", Long.toString(runtime.fee(extrinsic)));
      return info;
    } catch (InvalidTransactionException e) {
      throw RpcException.invalidParams(e.title());
    }
  }

  private static AccountId account(String address) throws RpcException {
    try {
      return AccountId.fromSs58(address);
    } catch (IllegalArgumentException e) {
      throw RpcException.invalidParams(e.getMessage());
    }
  }
}
