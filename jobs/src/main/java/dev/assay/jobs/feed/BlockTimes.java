package dev.assay.jobs.feed;

import java.time.Instant;

/** When a chain's blocks were made, by the chain's own word. */
public interface BlockTimes {
  /** The time of a block, from 1 to the newest. */
  Instant at(long block);
}
