package dev.assay.jobs.storage;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Leases as objects, which nothing but time ends. Each holder of a lease has a turn, an object with
 * the next number that it alone could create; the highest turn counts. A turn lasts until an
 * instant that its holder puts off, and may be followed by another one when that is past.
 *
 * <p>This rests on creation alone. A conditional replacement would need one object fewer, but not
 * every store that offers it lets one of several win.
 *
 * @param objects these and no others
 * @param clock of this machine, which may differ from others' by {@link #SKEW}
 */
public record ObjectLeases(NamedObjects objects, Clock clock) implements Leases {
  /** How long a lease lasts beyond its last renewal; a holder renews it three times as often. */
  static final Duration TERM = Duration.ofSeconds(60);

  /** By which others let it last longer than its holder does. */
  static final Duration SKEW = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(250);

  @Override
  public Optional<Lease> take(String name) {
    String stem = stem(name);
    SortedSet<Long> turns = turns(stem);
    long last = turns.isEmpty() ? 0 : turns.last();
    if (last > 0 && !isOver(object(stem, last))) {
      return Optional.empty();
    }
    ObjectLease lease = new ObjectLease(objects, stem, last + 1, Turn.byThisProcess(), clock);
    if (!lease.begin()) {
      return Optional.empty();
    }
    turns.forEach(turn -> objects.delete(object(stem, turn)));
    return Optional.of(lease);
  }

  /** A turn that has gone meanwhile was followed by another one. */
  private boolean isOver(String object) {
    return objects
        .read(object, Turn.MOST_BYTES)
        .map(content -> Turn.read(objects.address(object), content))
        .filter(turn -> clock.instant().isAfter(turn.until().plus(SKEW)))
        .isPresent();
  }

  @Override
  public Lease await(String name) {
    while (true) {
      Optional<Lease> lease = take(name);
      if (lease.isPresent()) {
        return lease.get();
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the wait for " + name + " was interrupted", ended);
      }
    }
  }

  /** In a folder, leases hide among other files; here they have a place of their own. */
  private static String stem(String name) {
    return name.startsWith(".") ? name.substring(1) : name;
  }

  static String object(String stem, long turn) {
    return stem + "." + turn;
  }

  private SortedSet<Long> turns(String stem) {
    return turns(objects, stem);
  }

  static SortedSet<Long> turns(NamedObjects objects, String stem) {
    SortedSet<Long> turns = new TreeSet<>();
    for (String name : objects.names()) {
      String number = name.startsWith(stem + ".") ? name.substring(stem.length() + 1) : "";
      if (number.matches("[1-9][0-9]{0,17}")) {
        turns.add(Long.parseLong(number));
      }
    }
    return turns;
  }
}
