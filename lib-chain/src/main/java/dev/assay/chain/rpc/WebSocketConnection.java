package dev.assay.chain.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One WebSocket: matches answers to requests by id and notifications to listeners by name. Once
 * lost it stays so.
 */
final class WebSocketConnection implements WebSocket.Listener {
  private static final int MOST_WAITING = 4096;

  private final String shown;
  private final RpcLimits limits;
  private final ObjectMapper mapper;
  private final Map<String, CompletableFuture<ObjectNode>> pending = new ConcurrentHashMap<>();
  private final Map<String, SubscriptionListener> starting = new ConcurrentHashMap<>();
  private final Map<String, SubscriptionListener> running = new ConcurrentHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final ExecutorService listeners = listenerThread();
  private CompletableFuture<WebSocket> sending;
  private volatile RpcUnreachableException lost;

  WebSocketConnection(String shown, RpcLimits limits, ObjectMapper mapper) {
    this.shown = shown;
    this.limits = limits;
    this.mapper = mapper;
  }

  static WebSocketConnection open(
      HttpClient http, URI endpoint, RpcLimits limits, ObjectMapper mapper) {
    WebSocketConnection connection =
        new WebSocketConnection(Endpoint.shown(endpoint), limits, mapper);
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .connectTimeout(limits.connect())
              .buildAsync(endpoint, connection)
              .join();
      connection.sending = CompletableFuture.completedFuture(socket);
      return connection;
    } catch (CompletionException failed) {
      connection.listeners.shutdown();
      throw new RpcUnreachableException(
          connection.shown + " is not reachable: " + Reason.of(failed), failed.getCause());
    }
  }

  boolean isLost() {
    return lost != null;
  }

  CompletableFuture<ObjectNode> expect(long id) {
    CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
    pending.put(Long.toString(id), answer);
    if (lost != null) {
      answer.completeExceptionally(lost);
    }
    return answer;
  }

  /** The listener is in place before the first notification can arrive. */
  CompletableFuture<ObjectNode> expectSubscription(long id, SubscriptionListener listener) {
    starting.put(Long.toString(id), listener);
    return expect(id);
  }

  void forget(long firstId, int count) {
    for (long id = firstId; id < firstId + count; id++) {
      pending.remove(Long.toString(id));
      starting.remove(Long.toString(id));
    }
  }

  /** A WebSocket takes one message at a time; each waits for the one before. */
  synchronized void send(JsonNode message) {
    String written = message.toString();
    sending =
        sending
            .thenCompose(socket -> socket.sendText(written, true))
            .whenComplete(
                (socket, failure) -> {
                  if (failure != null) {
                    lose(shown + " takes no message: " + Reason.of(failure));
                  }
                });
  }

  /** Whether the subscription was running. */
  boolean unsubscribe(JsonNode name) {
    return running.remove(name.asText()) != null && !isLost();
  }

  /** Ends it; what waits for an answer, and each listener, is told why. */
  synchronized void giveUp(String why) {
    lose(why);
    sending =
        sending.thenApply(
            socket -> {
              socket.abort();
              return socket;
            });
  }

  @Override
  public void onOpen(WebSocket socket) {
    socket.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    if (part.length() > limits.largestAnswer() - text.length()) {
      socket.abort();
      lose(shown + ": the answer exceeds " + limits.largestAnswer() + " characters");
      return null;
    }
    text.append(part);
    if (last) {
      String whole = text.toString();
      text.setLength(0);
      receive(whole);
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    lose(shown + " closed the connection (" + status + ")");
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    lose(shown + " is lost: " + failure);
  }

  private void receive(String message) {
    try {
      JsonNode read = mapper.readTree(message);
      if (read.isArray()) {
        read.forEach(this::dispatch);
      } else {
        dispatch(read);
      }
    } catch (JsonProcessingException notJson) {
      lose(shown + " sends what is not JSON");
    }
  }

  private void dispatch(JsonNode message) {
    if (!(message instanceof ObjectNode object)) {
      return;
    }
    if (object.has("method")) {
      announce(object.path("params"));
      return;
    }
    String id = object.path("id").asText();
    SubscriptionListener listener = starting.remove(id);
    JsonNode name = object.path("result");
    if (listener != null && name.isValueNode() && !name.isMissingNode()) {
      running.put(name.asText(), listener);
    }
    CompletableFuture<ObjectNode> answer = pending.remove(id);
    if (answer != null) {
      answer.complete(object);
    }
  }

  private void announce(JsonNode parameters) {
    SubscriptionListener listener = running.get(parameters.path("subscription").asText());
    if (listener == null) {
      return;
    }
    try {
      listeners.execute(() -> listener.next(parameters.path("result")));
    } catch (RejectedExecutionException tooMany) {
      lose(shown + " sends faster than its listeners read");
    }
  }

  private synchronized void lose(String why) {
    if (lost != null) {
      return;
    }
    RpcUnreachableException loss = new RpcUnreachableException(why);
    lost = loss;
    pending.values().forEach(answer -> answer.completeExceptionally(loss));
    running.values().forEach(listener -> listener.lost(loss));
    running.clear();
    listeners.shutdown();
  }

  /** One thread, which ends with the connection; what waits for it is bounded. */
  private static ExecutorService listenerThread() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MOST_WAITING),
        task -> {
          Thread thread = new Thread(task, "rpc-subscriptions");
          thread.setDaemon(true);
          return thread;
        });
  }
}
