package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription that outlives its connection. It is renewed after each loss, with delays that grow
 * up to the longest, until it is closed; its listener is told of each loss once.
 */
final class LastingSubscription implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(LastingSubscription.class);

  /** Where a subscription runs. */
  record Placed(RpcClient endpoint, Subscription subscription) {}

  private final Function<SubscriptionListener, Placed> subscribe;
  private final SubscriptionListener listener;
  private final Retry retry;
  private final ScheduledExecutorService background;
  private final Consumer<LastingSubscription> onClose;

  /** Held while the listener takes a notification, so that an old connection's comes before. */
  private final Object delivery = new Object();

  private int generation;
  private boolean lost;
  private boolean closed;
  private Placed placed;
  private Optional<Future<?>> next = Optional.empty();

  LastingSubscription(
      Function<SubscriptionListener, Placed> subscribe,
      SubscriptionListener listener,
      Retry retry,
      ScheduledExecutorService background,
      Consumer<LastingSubscription> onClose) {
    this.subscribe = subscribe;
    this.listener = listener;
    this.retry = retry;
    this.background = background;
    this.onClose = onClose;
  }

  /** Subscribes, or fails as the transport does. */
  void open() {
    int mine;
    synchronized (this) {
      if (closed) {
        return;
      }
      generation++;
      mine = generation;
      lost = false;
    }
    Placed made = subscribe.apply(new Generation(mine));
    synchronized (this) {
      if (current(mine)) {
        placed = made;
        return;
      }
    }
    made.subscription().close();
  }

  /** Goes elsewhere if it runs at an endpoint that is none of these. */
  void leaveUnlessAt(List<RpcClient> sound) {
    Placed left;
    int which;
    synchronized (this) {
      if (placed == null || sound.contains(placed.endpoint())) {
        return;
      }
      left = placed;
      which = generation;
    }
    lose(which, new RpcUnreachableException(left.endpoint().endpoint() + " is out of step"));
    left.subscription().close();
  }

  @Override
  public void close() {
    Placed left;
    synchronized (this) {
      closed = true;
      next.ifPresent(pending -> pending.cancel(false));
      left = placed;
      placed = null;
    }
    onClose.accept(this);
    if (left != null) {
      left.subscription().close();
    }
  }

  /** Ends it because its client ends. */
  void end(RpcUnreachableException why) {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    close();
    listener.lost(why);
  }

  private synchronized boolean current(int which) {
    return !closed && !lost && which == generation;
  }

  private void lose(int which, RpcUnreachableException why) {
    synchronized (this) {
      if (!current(which)) {
        return;
      }
      lost = true;
      placed = null;
    }
    listener.lost(why);
    later(1);
  }

  private synchronized void later(int attempt) {
    try {
      next =
          Optional.of(
              background.schedule(
                  () -> again(attempt),
                  retry.delayBefore(attempt).toMillis(),
                  TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException ended) {
      LOG.debug("not subscribed again: the client is closed");
    }
  }

  private void again(int attempt) {
    try {
      open();
    } catch (RpcUnreachableException | RpcErrorException | UnsupportedOperationException unable) {
      LOG.info("not yet subscribed again, attempt {}: {}", attempt, unable.getMessage());
      later(attempt + 1);
    }
  }

  /** Listens to one connection, and no longer than it is the present one. */
  private final class Generation implements SubscriptionListener {
    private final int number;

    Generation(int number) {
      this.number = number;
    }

    @Override
    public void next(JsonNode result) {
      synchronized (delivery) {
        if (current(number)) {
          listener.next(result);
        }
      }
    }

    @Override
    public void lost(RpcUnreachableException why) {
      lose(number, why);
    }
  }
}
