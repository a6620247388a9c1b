package dev.assay.jobs.evaluate;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.WarehouseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Commits losses as they come: one thread takes all that waits and appends it at once, so that a
 * slow commit makes the next one larger and a kill loses less than one commit.
 */
final class LossWriter implements AutoCloseable {
  private static final List<LossRow> END = new ArrayList<>();

  private final WarehouseTable<LossRow> table;
  private final BlockingQueue<List<LossRow>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile RuntimeException failure;

  LossWriter(WarehouseTable<LossRow> table) {
    this.table = table;
    this.thread = new Thread(this::drain, "assay-loss-writer");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Takes rows to be committed soon; those that are there already are left out. */
  void add(List<LossRow> rows) {
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
    if (!rows.isEmpty()) {
      queue.add(rows);
    }
  }

  private void drain() {
    boolean ended = false;
    while (!ended) {
      List<List<LossRow>> waiting = new ArrayList<>();
      try {
        waiting.add(queue.take());
      } catch (InterruptedException stopped) {
        return;
      }
      queue.drainTo(waiting);
      ended = waiting.stream().anyMatch(rows -> rows == END);
      List<LossRow> rows = waiting.stream().flatMap(List::stream).toList();
      try {
        table.append(rows);
      } catch (RuntimeException unwritable) {
        failure = unwritable;
        return;
      } catch (Error fatal) {
        // Else the evaluation would complete without the losses that wait here.
        failure = new IllegalStateException("losses could not be written: " + fatal, fatal);
        throw fatal;
      }
    }
  }

  /**
   * Commits what waits and ends.
   *
   * @throws RuntimeException what kept a commit from being written
   */
  @Override
  public void close() {
    queue.add(END);
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
