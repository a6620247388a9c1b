package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several endpoints of one chain as one client. It stays with an endpoint until that fails, does
 * not know a block that another knows, or is found unsound by a review; then it goes on with the
 * next, a failed read with growing delays. A submission is sent once: whether it arrived is then
 * for the caller to find out. Subscriptions outlive their connections, but for a submission's.
 */
public final class FailoverRpcClient implements RpcClient {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverRpcClient.class);

  private final List<RpcClient> endpoints;
  private final Retry retry;
  private final AtomicReference<List<RpcClient>> order;
  private final Set<LastingSubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService background = backgroundThreads();
  private final Optional<Future<?>> reviews;

  /** All endpoints count as sound, the first being preferred. */
  public FailoverRpcClient(List<RpcClient> endpoints, Retry retry) {
    requireAny(endpoints);
    this.endpoints = List.copyOf(endpoints);
    this.retry = retry;
    this.order = new AtomicReference<>(this.endpoints);
    this.reviews = Optional.empty();
  }

  /**
   * Reviews the endpoints now, and again after each interval until it is closed.
   *
   * @param review tells which of the endpoints to ask, and in which order
   */
  public FailoverRpcClient(
      List<RpcClient> endpoints,
      Retry retry,
      Function<List<RpcClient>, EndpointOrder> review,
      Duration interval) {
    requireAny(endpoints);
    this.endpoints = List.copyOf(endpoints);
    this.retry = retry;
    this.order = new AtomicReference<>(review.apply(this.endpoints).all());
    this.reviews =
        Optional.of(
            background.scheduleWithFixedDelay(
                () -> reviewAgain(review),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS));
  }

  @Override
  public List<JsonNode> batch(List<RpcRequest> requests) {
    boolean submits = requests.stream().anyMatch(RpcRequest::submits);
    int attempts = submits ? 1 : retry.attempts();
    for (int attempt = 1; ; attempt++) {
      RpcClient chosen = present();
      try {
        List<JsonNode> results = chosen.batch(requests);
        return lacksBlock(requests, results)
            ? elsewhere(requests, chosen).orElse(results)
            : results;
      } catch (RpcUnreachableException unreachable) {
        moveOn(chosen);
        if (attempt == attempts) {
          throw unreachable;
        }
        LOG.warn("{}; attempt {} of {}", unreachable.getMessage(), attempt, attempts);
        pause(attempt);
      } catch (RpcErrorException refused) {
        if (submits || !refused.lacksBlock()) {
          throw refused;
        }
        return elsewhere(requests, chosen).orElseThrow(() -> refused);
      }
    }
  }

  /**
   * Subscribes at the first endpoint that has subscriptions and answers. When the connection is
   * lost, or its endpoint is found unsound, the listener is told and the subscription is renewed
   * with growing delays, until it is closed. One that submits is made once.
   */
  @Override
  public Subscription subscribe(
      RpcRequest request, String unsubscribe, SubscriptionListener listener) {
    if (request.submits()) {
      RpcClient first = subscribing().get(0);
      return first.subscribe(request, unsubscribe, listener);
    }
    LastingSubscription lasting =
        new LastingSubscription(
            each -> subscribeOnce(request, unsubscribe, each),
            listener,
            retry,
            background,
            subscriptions::remove);
    lasting.open();
    subscriptions.add(lasting);
    return lasting;
  }

  @Override
  public boolean subscribes() {
    return endpoints.stream().anyMatch(RpcClient::subscribes);
  }

  @Override
  public String endpoint() {
    return endpoints.stream().map(RpcClient::endpoint).collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    reviews.ifPresent(running -> running.cancel(true));
    background.shutdownNow();
    RpcUnreachableException closed =
        new RpcUnreachableException("the client of " + endpoint() + " is closed");
    subscriptions.forEach(subscription -> subscription.end(closed));
    endpoints.forEach(RpcClient::close);
  }

  private static void requireAny(List<RpcClient> endpoints) {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("at least one endpoint is needed");
    }
  }

  private void reviewAgain(Function<List<RpcClient>, EndpointOrder> review) {
    try {
      follow(review.apply(endpoints));
    } catch (RuntimeException failed) {
      // A task that throws would not be run again.
      if (!background.isShutdown()) {
        LOG.warn("the endpoints could not be reviewed", failed);
      }
    }
  }

  private void follow(EndpointOrder reviewed) {
    order.set(reviewed.all());
    boolean another = reviewed.sound().stream().anyMatch(RpcClient::subscribes);
    if (another) {
      subscriptions.forEach(subscription -> subscription.leaveUnlessAt(reviewed.sound()));
    }
  }

  private RpcClient present() {
    List<RpcClient> usable = order.get();
    if (usable.isEmpty()) {
      throw new RpcUnreachableException(
          "none of " + endpoint() + " serves the chain; the log tells what each serves");
    }
    return usable.get(0);
  }

  private void moveOn(RpcClient from) {
    order.updateAndGet(
        usable -> {
          if (usable.isEmpty() || usable.get(0) != from) {
            return usable;
          }
          List<RpcClient> moved = new ArrayList<>(usable.subList(1, usable.size()));
          moved.add(from);
          return List.copyOf(moved);
        });
  }

  private void moveTo(RpcClient better) {
    order.updateAndGet(
        usable -> {
          if (!usable.contains(better)) {
            return usable;
          }
          List<RpcClient> moved = new ArrayList<>(usable);
          moved.remove(better);
          moved.add(0, better);
          return List.copyOf(moved);
        });
  }

  /** What the first other endpoint answers that knows the block; it is asked from then on. */
  private Optional<List<JsonNode>> elsewhere(List<RpcRequest> requests, RpcClient chosen) {
    for (RpcClient other : order.get()) {
      if (other == chosen) {
        continue;
      }
      try {
        List<JsonNode> results = other.batch(requests);
        if (!lacksBlock(requests, results)) {
          LOG.warn("{} does not know a block that {} knows", chosen.endpoint(), other.endpoint());
          moveTo(other);
          return Optional.of(results);
        }
      } catch (RpcUnreachableException | RpcErrorException unable) {
        LOG.debug("{} cannot tell either: {}", other.endpoint(), unable.getMessage());
      }
    }
    return Optional.empty();
  }

  private static boolean lacksBlock(List<RpcRequest> requests, List<JsonNode> results) {
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).namesBlock() && results.get(i).isNull()) {
        return true;
      }
    }
    return false;
  }

  private LastingSubscription.Placed subscribeOnce(
      RpcRequest request, String unsubscribe, SubscriptionListener listener) {
    RpcUnreachableException last = null;
    for (RpcClient endpoint : subscribing()) {
      try {
        return new LastingSubscription.Placed(
            endpoint, endpoint.subscribe(request, unsubscribe, listener));
      } catch (RpcUnreachableException unable) {
        last = unable;
      }
    }
    throw last;
  }

  private List<RpcClient> subscribing() {
    present();
    List<RpcClient> able = order.get().stream().filter(RpcClient::subscribes).toList();
    if (able.isEmpty()) {
      throw new UnsupportedOperationException(
          endpoint() + " has no subscriptions; give an endpoint that starts with ws:// or wss://");
    }
    return able;
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(retry.delayBefore(attempt).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcUnreachableException("interrupted while waiting to try again", interrupted);
    }
  }

  /** One for reviews and one for subscriptions; each starts when there is something to do. */
  private static ScheduledExecutorService backgroundThreads() {
    return new ScheduledThreadPoolExecutor(
        2,
        task -> {
          Thread thread = new Thread(task, "rpc-failover");
          thread.setDaemon(true);
          return thread;
        });
  }
}
