package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.filter.NearDuplicateSettings;
import dev.assay.jobs.resemblance.MinHash;
import dev.assay.jobs.resemblance.SketchIndex;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.score.sampling.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;

/**
 * Refuses samples that resemble an earlier one of the table. Samples are looked at in the order of
 * their blocks, and within a block in an order by the window's seed; one that was refused makes no
 * other refused. So it changes nothing in how many answers or snapshots the samples come.
 */
final class Resemblances {
  /** Rows of the table that are in memory at once. */
  private static final int BATCH = 1024;

  private final NearDuplicateSettings settings;
  private final long blocks;
  private final WarehouseTable<SampleRow> table;
  private final LongFunction<WindowSeed> seeds;
  private Span current;

  /** One window's seed, and what its samples are compared with. */
  private record Span(long number, WindowSeed seed, MinHash minHash, SketchIndex seen) {
    /** In the rows' order; each costs a tenth of a millisecond, so all processors take part. */
    List<byte[]> sketches(List<SampleRow> rows) {
      return rows.parallelStream()
          .map(row -> minHash.sketch(row.prompt(), row.response()))
          .toList();
    }

    void add(List<SampleRow> rows) {
      sketches(rows).forEach(seen::add);
    }

    boolean takes(byte[] sketch, boolean isInTable) {
      if (!isInTable && seen.resembles(sketch)) {
        return false;
      }
      seen.add(sketch);
      return true;
    }
  }

  /**
   * @param blocks of a window
   * @param seeds by a window's first block
   */
  Resemblances(
      NearDuplicateSettings settings,
      long blocks,
      WarehouseTable<SampleRow> table,
      LongFunction<WindowSeed> seeds) {
    this.settings = settings;
    this.blocks = blocks;
    this.table = table;
    this.seeds = seeds;
  }

  /**
   * Those of the rows that resemble no earlier sample.
   *
   * @param rows of whole blocks, later ones than at any call before
   * @param before the blocks whose rows are in the table, and stay
   */
  List<SampleRow> without(List<SampleRow> rows, GivenBefore before) {
    if (!settings.inUse() || rows.stream().allMatch(row -> before.has(row.block()))) {
      return rows;
    }
    List<SampleRow> kept = new ArrayList<>();
    Collection<List<SampleRow>> byWindow =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> Window.containing(row.block(), blocks).number(),
                    TreeMap::new,
                    Collectors.toList()))
            .values();
    for (List<SampleRow> ofWindow : byWindow) {
      long first = ofWindow.stream().mapToLong(SampleRow::block).min().orElseThrow();
      keep(ofWindow, spanUpTo(first, kept, before), before, kept);
    }
    return kept;
  }

  /** What a source repeats fares as it did the first time; the table has it once. */
  private static void keep(
      List<SampleRow> rows, Span span, GivenBefore before, List<SampleRow> kept) {
    Map<String, Boolean> taken = new HashMap<>();
    List<SampleRow> inOrder = span.seed().inOrder(rows);
    List<byte[]> sketches = span.sketches(inOrder);
    for (int i = 0; i < inOrder.size(); i++) {
      SampleRow row = inOrder.get(i);
      byte[] sketch = sketches.get(i);
      if (taken.computeIfAbsent(
          row.sampleId(), id -> span.takes(sketch, before.has(row.block())))) {
        kept.add(row);
      }
    }
  }

  /** With rows of the windows before that are on their way into the table. */
  private Span spanUpTo(long block, List<SampleRow> kept, GivenBefore before) {
    Window window = Window.containing(block, blocks);
    if (current == null || current.number() != window.number()) {
      // The index before it is let go first: two at once would need twice the memory.
      current = null;
      WindowSeed seed = seeds.apply(window.firstBlock());
      current =
          new Span(
              window.number(),
              seed,
              seed.minHash(),
              new SketchIndex(settings.resemblance(), SketchIndex.MOST));
      read(window, block);
      long from = farthest(window);
      current.add(
          kept.stream().filter(row -> row.block() >= from && !before.has(row.block())).toList());
    }
    return current;
  }

  /** The newest window first: what is too much for the index is what lies farthest back. */
  private void read(Window window, long upTo) {
    long to = upTo;
    List<SampleRow> batch = new ArrayList<>();
    for (long from = window.firstBlock(); to > 0 && from >= farthest(window); from -= blocks) {
      table.forEach(
          Expressions.and(
              Expressions.greaterThanOrEqual("block", from), Expressions.lessThan("block", to)),
          row -> add(row, batch));
      to = from;
    }
    current.add(batch);
  }

  private void add(SampleRow row, List<SampleRow> batch) {
    batch.add(row);
    if (batch.size() == BATCH) {
      current.add(batch);
      batch.clear();
    }
  }

  private long farthest(Window window) {
    return window.firstBlock() - settings.windowsBack() * blocks;
  }
}
