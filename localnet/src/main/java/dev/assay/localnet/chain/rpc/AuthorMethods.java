package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.PoolException;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.runtime.DryRun;
import dev.assay.localnet.chain.runtime.InvalidTransactionException;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.substrate.TransactionPaymentPallet;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import dev.assay.localnet.rpc.Subscription;
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
        "payment_queryInfo", this::queryInfo,
        "payment_queryFeeDetails", this::queryFeeDetails,
        "system_dryRun", this::dryRun,
        "system_dryRunAt", this::dryRun);
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
      chain.submit(
          params.hex(0),
          extrinsic -> subscriptions.watch(watch, WatchWords.AUTHOR, extrinsic.hash()));
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
    SignedExtrinsic extrinsic = decoded(params, runtime);
    ObjectNode info = Json.object();
    ObjectNode weight = info.putObject("weight");
    weight.put("ref_time", runtime.weight(extrinsic.call()).refTime()).put("proof_size", 0);
    info.put("class", "normal");
    info.put("partialFee", Long.toString(runtime.fee(extrinsic)));
    return info;
  }

  private JsonNode queryFeeDetails(Params params, Exchange exchange) throws RpcException {
    NodeRuntime runtime = lookup.runtime(params, 1);
    SignedExtrinsic extrinsic = decoded(params, runtime);
    ObjectNode details = Json.object();
    if (!runtime.pays(extrinsic.call())) {
      return details.putNull("inclusionFee");
    }
    TransactionPaymentPallet.Fee fee = runtime.feeParts(extrinsic);
    details
        .putObject("inclusionFee")
        .put("baseFee", Json.quantity(fee.base()))
        .put("lenFee", Json.quantity(fee.length()))
        .put("adjustedWeightFee", Json.quantity(fee.weight()));
    return details;
  }

  /** The encoded {@code ApplyExtrinsicResult} that the extrinsic would have in the next block. */
  private JsonNode dryRun(Params params, Exchange exchange) throws RpcException {
    Block block = lookup.block(params, 1);
    NodeRuntime runtime = chain.runtimes().of(lookup.state(block));
    Bytes32 genesis = chain.blocks().genesis().hash();
    return Json.hex(DryRun.of(runtime, params.hex(0), block, genesis));
  }

  private static SignedExtrinsic decoded(Params params, NodeRuntime runtime) throws RpcException {
    try {
      return SignedExtrinsic.decode(params.hex(0), runtime.codec());
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
