package dev.assay.jobs.storage;

import dev.assay.jobs.NotReadyException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn at a lease, put off by a thread of its own for as long as it is held. */
final class ObjectLease implements Lease {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectLease.class);
  private static final int RENEWALS = 3;

  private final NamedObjects objects;
  private final String stem;
  private final long number;
  private final Turn turn;
  private final Clock clock;
  private final ScheduledExecutorService renewals;
  private volatile Instant until;

  ObjectLease(NamedObjects objects, String stem, long number, Turn turn, Clock clock) {
    this.objects = objects;
    this.stem = stem;
    this.number = number;
    this.turn = turn;
    this.clock = clock;
    this.until = Instant.EPOCH;
    // Its thread starts with the first renewal.
    this.renewals =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "assay-lease-" + stem);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Creates the turn, unless another one has; only then is it held. */
  synchronized boolean begin() {
    Instant end = clock.instant().plus(ObjectLeases.TERM);
    boolean isOurs = objects.create(object(), turn.until(end).bytes()) || isThereAfterAll();
    // Who was slow may have created a number that others have had and left.
    if (isOurs && isFollowed()) {
      objects.delete(object());
      isOurs = false;
    }
    if (!isOurs) {
      renewals.shutdownNow();
      return false;
    }
    until = end;
    long pause = ObjectLeases.TERM.toMillis() / RENEWALS;
    var unused = renewals.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    return true;
  }

  /** A request whose answer was lost is sent again, and finds what it has made itself. */
  private boolean isThereAfterAll() {
    return objects
        .read(object(), Turn.MOST_BYTES)
        .map(content -> Turn.read(objects.address(object()), content))
        .filter(there -> there.holder().equals(turn.holder()))
        .isPresent();
  }

  private boolean isFollowed() {
    return !ObjectLeases.turns(objects, stem).tailSet(number + 1).isEmpty();
  }

  private String object() {
    return ObjectLeases.object(stem, number);
  }

  /** Puts its end off. Where the store doesn't take that, the end stays, and the next try comes. */
  synchronized void renew() {
    Instant end = clock.instant().plus(ObjectLeases.TERM);
    try {
      if (isHeld()) {
        objects.replace(object(), turn.until(end).bytes());
        until = isFollowed() ? Instant.EPOCH : end;
      }
    } catch (RuntimeException failed) {
      LOG.warn(
          "the lease {} can't be renewed and ends at {}: {}",
          objects.address(object()),
          until,
          failed.getMessage());
    }
  }

  private boolean isHeld() {
    return clock.instant().isBefore(until);
  }

  @Override
  public void requireHeld() {
    if (!isHeld()) {
      throw new NotReadyException(
          "the lease %s was lost: it could not be renewed for %d s, and another driver may have it; run again"
              .formatted(objects.address(object()), ObjectLeases.TERM.toSeconds()));
    }
  }

  /** A lease that can't be given back ends by itself. */
  @Override
  public void close() {
    renewals.shutdownNow();
    giveBack();
  }

  private synchronized void giveBack() {
    boolean wasHeld = isHeld();
    until = Instant.EPOCH;
    try {
      if (wasHeld) {
        objects.replace(object(), turn.until(Instant.EPOCH).bytes());
      }
    } catch (RuntimeException failed) {
      LOG.warn(
          "the lease {} can't be given back and ends by itself: {}",
          objects.address(object()),
          failed.getMessage());
    }
  }
}
