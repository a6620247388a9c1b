package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several endpoints of one chain as one client. It stays with an endpoint until that fails; then a
 * read goes on with the next, with growing delays. A submission is sent once: whether it arrived is
 * then for the caller to find out.
 */
public final class FailoverRpcClient implements RpcClient {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverRpcClient.class);

  /** Substrate's code for a call that the client, not the runtime, refuses. */
  private static final int CLIENT_ERROR = 4003;

  private final List<RpcClient> endpoints;
  private final Retry retry;
  private final AtomicInteger current = new AtomicInteger();

  public FailoverRpcClient(List<RpcClient> endpoints, Retry retry) {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("at least one endpoint is needed");
    }
    this.endpoints = List.copyOf(endpoints);
    this.retry = retry;
  }

  @Override
  public List<JsonNode> batch(List<RpcRequest> requests) {
    int attempts = requests.stream().anyMatch(RpcRequest::submits) ? 1 : retry.attempts();
    for (int attempt = 1; ; attempt++) {
      int chosen = current.get();
      try {
        return endpoints.get(chosen).batch(requests);
      } catch (RpcUnreachableException unreachable) {
        moveOn(chosen);
        if (attempt == attempts) {
          throw unreachable;
        }
        LOG.warn("{}; attempt {} of {}", unreachable.getMessage(), attempt, attempts);
        pause(attempt);
      } catch (RpcErrorException refused) {
        // An endpoint that lags does not know the block that another has shown.
        if (!lags(refused) || attempt == attempts || endpoints.size() == 1) {
          throw refused;
        }
        moveOn(chosen);
      }
    }
  }

  /** Subscribes at the present endpoint, or at the next that has subscriptions and answers. */
  @Override
  public Subscription subscribe(
      RpcRequest request, String unsubscribe, SubscriptionListener listener) {
    RuntimeException last = null;
    for (int i = 0; i < endpoints.size(); i++) {
      RpcClient endpoint = endpoints.get((current.get() + i) % endpoints.size());
      try {
        return endpoint.subscribe(request, unsubscribe, listener);
      } catch (RpcUnreachableException | UnsupportedOperationException unable) {
        last = unable;
      }
    }
    throw last;
  }

  @Override
  public String endpoint() {
    return endpoints.stream().map(RpcClient::endpoint).collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    endpoints.forEach(RpcClient::close);
  }

  private void moveOn(int from) {
    current.compareAndSet(from, (from + 1) % endpoints.size());
  }

  private static boolean lags(RpcErrorException refused) {
    return refused.code() == CLIENT_ERROR && refused.getMessage().contains("UnknownBlock");
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(retry.delayBefore(attempt).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcUnreachableException("interrupted while waiting to try again", interrupted);
    }
  }
}
