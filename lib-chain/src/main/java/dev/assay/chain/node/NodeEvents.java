package dev.assay.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcRequest;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.rpc.Subscription;
import dev.assay.chain.rpc.SubscriptionListener;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A node's subscriptions with types; they need a WebSocket endpoint. Each takes what comes next,
 * and what to do when the connection is lost: what the node tells from then on is missed. Over
 * {@link dev.assay.chain.subtensor.Subtensor} each is then renewed automatically, but for {@link
 * #submitAndWatch}, whose extrinsic is found by {@link dev.assay.chain.subtensor.Subtensor#find}. A
 * notification that cannot be read counts as a loss.
 */
public final class NodeEvents {
  private final RpcClient rpc;

  public NodeEvents(RpcClient rpc) {
    this.rpc = rpc;
  }

  /** The headers of new best blocks. */
  public Subscription newHeads(Consumer<Header> next, Consumer<RpcUnreachableException> lost) {
    return subscribe(
        RpcRequest.of("chain_subscribeNewHeads"),
        "chain_unsubscribeNewHeads",
        Json::header,
        next,
        lost);
  }

  /** The headers of finalised blocks. */
  public Subscription finalizedHeads(
      Consumer<Header> next, Consumer<RpcUnreachableException> lost) {
    return subscribe(
        RpcRequest.of("chain_subscribeFinalizedHeads"),
        "chain_unsubscribeFinalizedHeads",
        Json::header,
        next,
        lost);
  }

  /** The runtime's version now, and each time that it changes. */
  public Subscription runtimeVersions(
      Consumer<RuntimeVersion> next, Consumer<RpcUnreachableException> lost) {
    return subscribe(
        RpcRequest.of("state_subscribeRuntimeVersion"),
        "state_unsubscribeRuntimeVersion",
        Json::runtimeVersion,
        next,
        lost);
  }

  /** Sends an extrinsic once, and what becomes of it until it is finalised or dropped. */
  public Subscription submitAndWatch(
      byte[] extrinsic, Consumer<ExtrinsicStatus> next, Consumer<RpcUnreachableException> lost) {
    return subscribe(
        RpcRequest.of("author_submitAndWatchExtrinsic", Node.hex(extrinsic)),
        "author_unwatchExtrinsic",
        NodeEvents::status,
        next,
        lost);
  }

  private <T> Subscription subscribe(
      RpcRequest request,
      String unsubscribe,
      Function<JsonNode, T> read,
      Consumer<T> next,
      Consumer<RpcUnreachableException> lost) {
    return rpc.subscribe(
        request,
        unsubscribe,
        new SubscriptionListener() {
          @Override
          public void next(JsonNode result) {
            T value;
            try {
              value = read.apply(result);
            } catch (RpcUnreachableException unreadable) {
              lost.accept(unreadable);
              return;
            }
            next.accept(value);
          }

          @Override
          public void lost(RpcUnreachableException why) {
            lost.accept(why);
          }
        });
  }

  private static ExtrinsicStatus status(JsonNode result) {
    if (result.isTextual()) {
      return new ExtrinsicStatus(result.textValue(), Optional.empty());
    }
    Iterator<Map.Entry<String, JsonNode>> fields = result.fields();
    if (!fields.hasNext()) {
      throw Json.unusable(result, "an extrinsic's status");
    }
    Map.Entry<String, JsonNode> only = fields.next();
    boolean ofBlock = only.getValue().isTextual();
    return new ExtrinsicStatus(
        only.getKey(), ofBlock ? Optional.of(Json.hash(only.getValue())) : Optional.empty());
  }
}
