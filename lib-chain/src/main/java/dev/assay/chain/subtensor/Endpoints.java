package dev.assay.chain.subtensor;

import dev.assay.chain.node.EndpointCheck;
import dev.assay.chain.node.EndpointState;
import dev.assay.chain.rpc.FailoverRpcClient;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.rpc.WebSocketRpcClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens endpoints by their scheme, and of several those that agree. */
final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  /** Blocks that an endpoint may be behind the foremost before it comes last. */
  private static final long TOLERANCE = 5;

  private Endpoints() {}

  static RpcClient open(List<URI> addresses, ConnectOptions options) {
    List<RpcClient> clients =
        addresses.stream().map(address -> client(address, options.limits())).toList();
    return new FailoverRpcClient(clients.size() > 1 ? inOrder(clients) : clients, options.retry());
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

  /** Those in step, then those that lag or cannot be reached now; the others are closed. */
  private static List<RpcClient> inOrder(List<RpcClient> clients) {
    List<EndpointState> states = EndpointCheck.of(clients, TOLERANCE);
    List<RpcClient> first = new ArrayList<>();
    List<RpcClient> last = new ArrayList<>();
    for (int i = 0; i < clients.size(); i++) {
      EndpointState state = states.get(i);
      if (state.standing() != EndpointState.Standing.IN_STEP) {
        LOG.warn("{} {}", state.endpoint(), state.words());
      }
      switch (state.standing()) {
        case IN_STEP -> first.add(clients.get(i));
        case LAGGING, UNREACHABLE -> last.add(clients.get(i));
        case FORKED, OTHER_CHAIN -> clients.get(i).close();
      }
    }
    first.addAll(last);
    return first;
  }
}
