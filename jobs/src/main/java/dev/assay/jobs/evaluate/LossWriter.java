package dev.assay.jobs.evaluate;

import dev.assay.jobs.progress.Count;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.WarehouseTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Commits losses as they come: one thread appends all that waits, every 20 s or as soon as a model
 * ends, so that commits stay few and a kill loses little.
 */
final class LossWriter implements AutoCloseable {
  /** How long losses of a model that still runs may wait. */
  private static final Duration PERIOD = Duration.ofSeconds(20);

  /**
   * Losses to be committed.
   *
   * @param atOnce whether they end the waiting
   * @param last whether nothing follows
   */
  private record Told(List<LossRow> rows, boolean atOnce, boolean last) {}

  /** Appends rows, those that are there already left out. */
  interface Target {
    void append(Collection<LossRow> rows);
  }

  private final Target table;
  private final BlockingQueue<Told> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile RuntimeException failure;

  LossWriter(WarehouseTable<LossRow> table) {
    this((Target) table::append);
  }

  LossWriter(Target table) {
    this.table = table;
    this.thread = new Thread(this::drain, "assay-loss-writer");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Takes rows of a model that goes on, to be committed within 20 s. */
  void add(List<LossRow> rows) {
    queue(rows, false);
  }

  /** Takes the rows of a model that has ended, to be committed now with all that waits. */
  void addLast(List<LossRow> rows) {
    queue(rows, true);
  }

  private void queue(List<LossRow> rows, boolean atOnce) {
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
    if (!rows.isEmpty() || atOnce) {
      queue.add(new Told(rows, atOnce, false));
    }
  }

  private void drain() {
    boolean ended = false;
    while (!ended) {
      try {
        List<Told> waiting = next();
        ended = waiting.stream().anyMatch(Told::last);
        List<LossRow> rows = waiting.stream().flatMap(told -> told.rows().stream()).toList();
        if (!rows.isEmpty()) {
          long begun = System.nanoTime();
          table.append(rows);
          Count.COMMITS.add(1);
          Count.COMMIT_MS.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
      } catch (InterruptedException stopped) {
        return;
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

  /** All that has come within the period, which what ends a model cuts short. */
  private List<Told> next() throws InterruptedException {
    List<Told> waiting = new ArrayList<>(List.of(queue.take()));
    long end = System.nanoTime() + PERIOD.toNanos();
    while (waiting.stream().noneMatch(Told::atOnce)) {
      Told told = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (told == null) {
        break;
      }
      waiting.add(told);
    }
    queue.drainTo(waiting);
    return waiting;
  }

  /**
   * Commits what waits and ends.
   *
   * @throws RuntimeException what kept a commit from being written
   */
  @Override
  public void close() {
    queue.add(new Told(List.of(), true, true));
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
