package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Calls a node's methods. Safe for concurrent use.
 *
 * <p>All calls fail with an {@link RpcErrorException} where the node answers with an error, and
 * with an {@link RpcUnreachableException} where no usable answer arrives.
 */
public interface RpcClient extends AutoCloseable {
  /** The results of several requests in their order, in one round trip where the transport can. */
  List<JsonNode> batch(List<RpcRequest> requests);

  /** The result of one request; JSON null where it is absent. */
  default JsonNode call(String method, Object... parameters) {
    return batch(List.of(RpcRequest.of(method, parameters))).get(0);
  }

  /**
   * Subscribes to a node's notifications.
   *
   * @param unsubscribe the method that ends it
   * @throws UnsupportedOperationException if the transport has none; a {@code ws://} endpoint has
   */
  default Subscription subscribe(
      RpcRequest request, String unsubscribe, SubscriptionListener listener) {
    throw new UnsupportedOperationException(
        endpoint() + " has no subscriptions; give an endpoint that starts with ws:// or wss://");
  }

  /** Whether {@link #subscribe} is possible. */
  default boolean subscribes() {
    return false;
  }

  /** The endpoint, for messages; without credentials. */
  String endpoint();

  @Override
  void close();
}
