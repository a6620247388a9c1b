package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.PoolException;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import dev.assay.localnet.rpc.Subscription;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code transaction_v1_*} and {@code transactionWatch_v1_*} of the new JSON-RPC specification. A
 * single node has no peers to broadcast to: the pool gets the extrinsic once, and what the pool
 * refuses is dropped, of which the specification has the client hear nothing.
 */
record TransactionMethods(Chain chain, Subscriptions subscriptions) {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionMethods.class);

  Map<String, RpcMethod> all() {
    return Map.of(
        "transaction_v1_broadcast", this::broadcast,
        "transaction_v1_stop", this::stop,
        "transactionWatch_v1_submitAndWatch", this::submitAndWatch,
        "transactionWatch_v1_unwatch", subscriptions::unsubscribe);
  }

  /** A broadcast is kept as a subscription that never speaks, and ends with its connection. */
  private JsonNode broadcast(Params params, Exchange exchange) throws RpcException {
    byte[] extrinsic = params.hex(0);
    Subscription broadcast = subscriptions.create("transaction_v1_broadcast", exchange);
    try {
      chain.submit(extrinsic);
    } catch (PoolException refused) {
      LOG.debug("a broadcast extrinsic is refused: {}", refused.getMessage());
    }
    return Json.text(broadcast.id());
  }

  private JsonNode stop(Params params, Exchange exchange) throws RpcException {
    if (!subscriptions.unsubscribe(params, exchange).booleanValue()) {
      throw RpcException.invalidParams("no broadcast of this connection has that name");
    }
    return Json.none();
  }

  private JsonNode submitAndWatch(Params params, Exchange exchange) throws RpcException {
    byte[] bytes = params.hex(0);
    Subscription watch = subscriptions.create("transactionWatch_v1_watchEvent", exchange);
    WatchWords words = WatchWords.TRANSACTION_WATCH;
    try {
      chain.submit(bytes, extrinsic -> subscriptions.watch(watch, words, extrinsic.hash()));
    } catch (PoolException e) {
      watch.send(words.invalid(e.data().isEmpty() ? e.getMessage() : e.data()));
      subscriptions.discard(watch);
    }
    return Json.text(watch.id());
  }
}
