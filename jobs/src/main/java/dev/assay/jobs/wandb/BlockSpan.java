package dev.assay.jobs.wandb;

import dev.assay.jobs.feed.BlockTimes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Finds the block of a time within a span, asking the chain for as few blocks as it takes. */
final class BlockSpan {
  private final BlockTimes chain;
  private final long first;
  private final long last;
  private final Map<Long, Instant> known = new HashMap<>();

  /**
   * @param first block, included
   * @param last one, included, which the chain has
   */
  BlockSpan(BlockTimes chain, long first, long last) {
    this.chain = chain;
    this.first = first;
    this.last = last;
  }

  /** What comes no later belongs to a block before; to block 1 belongs what came shortly before. */
  Instant begin() {
    return first == 1 ? time(1).minus(RunsSource.DELAY) : time(first - 1);
  }

  /** The first block of the span that is no earlier than a time; empty where that is another's. */
  OptionalLong block(Instant time) {
    if (!time.isAfter(begin()) || time.isAfter(time(last))) {
      return OptionalLong.empty();
    }
    long low = first;
    long high = last;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (time(middle).isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return OptionalLong.of(low);
  }

  private Instant time(long block) {
    return known.computeIfAbsent(block, chain::at);
  }
}
