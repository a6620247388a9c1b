package dev.assay.score.entry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The order of commitments. */
public final class EntryOrder {
  /**
   * By the block since which an entry stands, then by extrinsic index (unknown last), then by
   * hotkey, so that the order never depends on the order of the input.
   */
  public static final Comparator<Entry> EARLIEST_FIRST =
      Comparator.comparingLong(Entry::standsSince)
          .thenComparingLong(
              entry ->
                  entry.extrinsicIndex().isPresent()
                      ? entry.extrinsicIndex().getAsInt()
                      : Long.MAX_VALUE)
          .thenComparing(Entry::hotkey);

  private EntryOrder() {}

  /**
   * The entries whose order needs the extrinsic index: those without one that share their block
   * with another. Only for these is a block's body worth reading.
   */
  public static List<Entry> tied(Collection<Entry> entries) {
    Map<Long, Long> inBlock =
        entries.stream().collect(Collectors.groupingBy(Entry::standsSince, Collectors.counting()));
    return entries.stream()
        .filter(entry -> entry.extrinsicIndex().isEmpty() && inBlock.get(entry.standsSince()) > 1)
        .sorted(EARLIEST_FIRST)
        .toList();
  }
}
