package dev.assay.jobs.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * Blocks that one task reads, one after another.
 *
 * @param first the lowest
 * @param last none is higher
 * @param every the step from one to the next, at least 1
 */
record BlockRange(long first, long last, long every) implements InputPartition {
  private static final int MOST_PARTS = 10_000;

  long count() {
    return (last - first) / every + 1;
  }

  /** The same blocks in parts of at least so many, in order. */
  List<BlockRange> parts(long blocks) {
    long size = Math.max(blocks, (count() + MOST_PARTS - 1) / MOST_PARTS);
    List<BlockRange> parts = new ArrayList<>();
    for (long begin = first; begin <= last; begin += size * every) {
      parts.add(new BlockRange(begin, Math.min(last, begin + (size - 1) * every), every));
    }
    return parts;
  }

  @Override
  public String toString() {
    return count() == 1
        ? "block " + first
        : "blocks " + first + " to " + last + (every == 1 ? "" : ", every " + every + "th");
  }
}
