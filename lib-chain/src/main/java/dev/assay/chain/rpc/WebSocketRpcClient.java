package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One endpoint over a WebSocket, with subscriptions. Connects when first used and again after a
 * loss; what was asked or subscribed over a lost connection fails.
 */
public final class WebSocketRpcClient implements RpcClient {
  private final URI endpoint;
  private final RpcLimits limits;
  private final HttpClient http;
  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonRpcProtocol protocol = new JsonRpcProtocol(mapper);
  private final AtomicLong nextId = new AtomicLong();
  private WebSocketConnection connection;
  private boolean closed;

  /**
   * @param endpoint an address that starts with {@code ws://} or {@code wss://}
   */
  public WebSocketRpcClient(URI endpoint, RpcLimits limits) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.http = HttpClients.connecting(limits.connect());
  }

  @Override
  public List<JsonNode> batch(List<RpcRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    long firstId = nextId.getAndAdd(requests.size());
    WebSocketConnection open = connection();
    List<CompletableFuture<ObjectNode>> pending = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      pending.add(open.expect(firstId + i));
    }
    try {
      open.send(protocol.message(requests, firstId));
      long deadline = System.nanoTime() + limits.request().toNanos();
      List<JsonNode> results = new ArrayList<>();
      for (CompletableFuture<ObjectNode> answer : pending) {
        results.add(protocol.result(await(open, answer, deadline)));
      }
      return results;
    } finally {
      open.forget(firstId, requests.size());
    }
  }

  @Override
  public Subscription subscribe(
      RpcRequest request, String unsubscribe, SubscriptionListener listener) {
    long id = nextId.getAndIncrement();
    WebSocketConnection open = connection();
    CompletableFuture<ObjectNode> confirmed = open.expectSubscription(id, listener);
    try {
      open.send(protocol.message(List.of(request), id));
      JsonNode name =
          protocol.result(await(open, confirmed, System.nanoTime() + limits.request().toNanos()));
      return () -> unsubscribe(open, unsubscribe, name);
    } finally {
      open.forget(id, 1);
    }
  }

  @Override
  public boolean subscribes() {
    return true;
  }

  @Override
  public String endpoint() {
    return Endpoint.shown(endpoint);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connection != null) {
      connection.giveUp("the connection to " + endpoint() + " was closed");
    }
  }

  private void unsubscribe(WebSocketConnection open, String method, JsonNode name) {
    if (open.unsubscribe(name)) {
      long id = nextId.getAndIncrement();
      open.send(protocol.message(List.of(RpcRequest.of(method, name)), id));
    }
  }

  private synchronized WebSocketConnection connection() {
    if (closed) {
      throw new RpcUnreachableException("the client of " + endpoint() + " is closed");
    }
    if (connection == null || connection.isLost()) {
      connection = WebSocketConnection.open(http, endpoint, limits, mapper);
    }
    return connection;
  }

  /** A connection that gives no answer in time may be dead without either end having been told. */
  private ObjectNode await(
      WebSocketConnection open, CompletableFuture<ObjectNode> answer, long deadline) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      String why = endpoint() + " gave no answer within " + limits.request().toMillis() + " ms";
      open.giveUp(why);
      throw new RpcUnreachableException(why, late);
    } catch (ExecutionException lost) {
      throw new RpcUnreachableException(lost.getCause().getMessage(), lost.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcUnreachableException("interrupted while waiting for " + endpoint(), interrupted);
    }
  }
}
