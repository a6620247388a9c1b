package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;

/** Gets what a subscription brings. */
public interface SubscriptionListener {
  /** The next notification's result, one at a time, on a thread that may ask the node. */
  void next(JsonNode result);

  /**
   * The connection is lost or closed: what the node tells from now on is missed. Nothing more comes
   * from one endpoint's client; {@link FailoverRpcClient} subscribes again, and notifications after
   * this call are those of the new subscription. Must not block.
   */
  void lost(RpcUnreachableException why);
}
