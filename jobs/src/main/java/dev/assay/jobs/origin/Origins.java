package dev.assay.jobs.origin;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.BlockTimes;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.feed.SampleSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The sources of a snapshot, read side by side: a block is given once every one of them has given
 * it, so that no window is judged on a part of its sources. Each has its own cursor, and of each no
 * more than one answer is held.
 */
public final class Origins {
  /** What one source has given beyond the blocks that all have. */
  private static final class Cursor {
    private final Origin origin;
    private final Deque<Offer> held = new ArrayDeque<>();
    private long next;

    Cursor(Origin origin, long next) {
      this.origin = origin;
      this.next = next;
    }

    /** Whether it has come as far as all others had. */
    void ask(long from, long to) throws InterruptedException {
      if (next > from) {
        return;
      }
      SampleSource.Page page = origin.source().samples(from, to);
      page.offers().forEach(offer -> held.add(new Offer(origin, offer)));
      next = page.nextBlock().orElse(to + 1);
    }

    /** What of it belongs to blocks up to a last one, and whatever belongs to none that it gave. */
    void give(long from, long last, List<Offer> given) {
      for (Iterator<Offer> each = held.iterator(); each.hasNext(); ) {
        Offer offer = each.next();
        boolean stays =
            offer
                .sample()
                .map(sample -> sample.row().block())
                .filter(block -> block > last && block >= from && block < next)
                .isPresent();
        if (!stays) {
          given.add(offer);
          each.remove();
        }
      }
    }
  }

  private final List<Origin> origins;
  private final Map<String, Cursor> cursors = new LinkedHashMap<>();
  private long expected = -1;

  /**
   * @param origins at least one; of what several give, the first one's counts
   */
  public Origins(List<Origin> origins) {
    this.origins = List.copyOf(origins);
  }

  /**
   * A part of what all have.
   *
   * @param nextBlock the first block asked for that is not in it; absent where all are
   */
  public record Part(List<Offer> offers, OptionalLong nextBlock) {}

  /** Everybody whose samples are taken of any source. */
  public Set<String> trusted() {
    Set<String> all = new HashSet<>();
    origins.forEach(origin -> all.addAll(origin.trusted()));
    return all;
  }

  /** In the order of the configuration. */
  public Collection<String> addresses() {
    return origins.stream().map(Origin::address).toList();
  }

  /** Whether what each has is of this chain, as {@link SampleSource#require} has it. */
  public void require(String genesis) {
    origins.forEach(origin -> origin.source().require(genesis, origin.trusted()));
  }

  /** Tells each when the chain's blocks were made, as {@link SampleSource#follow} has it. */
  public void follow(BlockTimes chain) {
    origins.forEach(origin -> origin.source().follow(chain));
  }

  /**
   * The last block up to which a source has given what it has, while this is read; absent as long
   * as none was asked for anything.
   */
  public OptionalLong reached(String address) {
    return cursors.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(cursors.get(address).next - 1);
  }

  /**
   * Samples of a span of blocks, both ends included, from its beginning on; whole blocks alone.
   *
   * @throws FeedException if a source cannot be asked now; its message names it
   * @throws ConfigurationException if there is no such source
   */
  public Part samples(long fromBlock, long toBlock) throws InterruptedException {
    if (fromBlock != expected) {
      cursors.clear();
      origins.forEach(origin -> cursors.put(origin.address(), new Cursor(origin, fromBlock)));
    }
    ask(fromBlock, toBlock);
    long next = cursors.values().stream().mapToLong(each -> each.next).min().orElseThrow();
    long last = Math.min(next - 1, toBlock);
    List<Offer> given = new ArrayList<>();
    cursors.values().forEach(each -> each.give(fromBlock, last, given));
    expected = last + 1;
    return new Part(given, last < toBlock ? OptionalLong.of(last + 1) : OptionalLong.empty());
  }

  /** Asks every one, so that all that fail are told together. */
  private void ask(long fromBlock, long toBlock) throws InterruptedException {
    List<String> told = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (Cursor each : cursors.values()) {
      try {
        each.ask(fromBlock, toBlock);
      } catch (FeedException | ConfigurationException failed) {
        told.add(each.origin.address() + ": " + failed.getMessage());
        failures.add(failed);
      }
    }
    if (failures.isEmpty()) {
      return;
    }
    if (origins.size() == 1) {
      throw failures.get(0);
    }
    String message =
        "of %d sources %d failed, and without all of them no block from %d on is taken: %s"
            .formatted(origins.size(), failures.size(), fromBlock, String.join("; ", told));
    throw failures.stream().anyMatch(ConfigurationException.class::isInstance)
        ? new ConfigurationException(message, failures.get(0))
        : new FeedException(message);
  }
}
