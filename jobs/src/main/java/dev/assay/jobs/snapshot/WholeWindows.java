package dev.assay.jobs.snapshot;

import dev.assay.jobs.tables.SampleRow;
import dev.assay.score.sampling.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Where there are quotas, holds a window's samples back until all of them have come, so that it
 * doesn't matter in which order and in how many answers they do. Without quotas it lets everything
 * pass.
 */
final class WholeWindows {
  private final boolean isInUse;
  private final long blocks;
  private final LongFunction<WindowQuotas> quotas;
  private final TreeMap<Long, List<SampleRow>> held = new TreeMap<>();

  /**
   * @param isInUse whether there are quotas
   * @param blocks of a window
   * @param quotas of a window by the first block after it, which is final
   */
  WholeWindows(boolean isInUse, long blocks, LongFunction<WindowQuotas> quotas) {
    this.isInUse = isInUse;
    this.blocks = blocks;
    this.quotas = quotas;
  }

  /** Whether samples are held back. */
  boolean isInUse() {
    return isInUse;
  }

  /** Where to begin for a block to be taken. */
  long first(long block) {
    return isInUse ? Math.max(1, Window.containing(block, blocks).firstBlock()) : block;
  }

  /** The last block that can be taken of a chain with this head. */
  long last(long head) {
    return isInUse ? Window.containing(head, blocks).firstBlock() - 1 : head;
  }

  /**
   * What can be taken now.
   *
   * @param rows of whole blocks, later ones than at any call before
   * @param last block up to which all have come
   */
  List<SampleRow> due(List<SampleRow> rows, long last, Composition composition) {
    if (!isInUse) {
      return rows;
    }
    for (SampleRow row : rows) {
      held.computeIfAbsent(
              Window.containing(row.block(), blocks).number(), number -> new ArrayList<>())
          .add(row);
    }
    List<SampleRow> due = new ArrayList<>();
    while (!held.isEmpty() && held.firstKey() < Window.containing(last + 1, blocks).number()) {
      var window = held.pollFirstEntry();
      due.addAll(quotas.apply((window.getKey() + 1) * blocks).left(window.getValue(), composition));
    }
    return due;
  }

  /** Counts what is held of a window that has not come whole. */
  void leave(Composition composition) {
    held.values()
        .forEach(rows -> rows.forEach(row -> composition.refused(Refusal.UNFINISHED_WINDOW, row)));
    held.clear();
  }
}
