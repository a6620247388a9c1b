package dev.assay.chain.endpoints;

import dev.assay.chain.rpc.FailoverRpcClient;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.rpc.WebSocketRpcClient;
import java.net.URI;
import java.util.List;

/** Opens endpoints by their scheme. */
public final class Endpoints {
  /** Blocks that an endpoint may be behind the foremost before it comes last. */
  private static final long TOLERANCE = 5;

  private Endpoints() {}

  /**
   * Several endpoints are compared with each other, now and then again. A lone one is asked now and
   * then only if it may have subscribers, which would otherwise not learn of a dead connection.
   */
  public static RpcClient open(List<URI> addresses, ConnectOptions options) {
    List<RpcClient> clients =
        addresses.stream().map(address -> client(address, options.limits())).toList();
    if (clients.stream().noneMatch(RpcClient::subscribes) && clients.size() == 1) {
      return new FailoverRpcClient(clients, options.retry());
    }
    return new FailoverRpcClient(
        clients, options.retry(), new EndpointReview(TOLERANCE), options.review());
  }

  private static RpcClient client(URI address, RpcLimits limits) {
    String scheme = String.valueOf(address.getScheme());
    return switch (scheme) {
      case "http", "https" -> new HttpRpcClient(address, limits);
      case "ws", "wss" -> new WebSocketRpcClient(address, limits);
      default ->
          throw new IllegalArgumentException(
              "an endpoint starts with http://, https://, ws:// or wss://, not " + scheme + ":");
    };
  }
}
