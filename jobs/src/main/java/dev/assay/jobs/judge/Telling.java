package dev.assay.jobs.judge;

import dev.assay.jobs.tables.LossRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The last stage: tells losses often enough that a kill costs no more than a second of them. */
final class Telling {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Consumer<ToldLosses> told;
  private final long startedNanos;
  private long lastNanos = System.nanoTime();
  private int count;
  private long tokens;

  /**
   * @param startedNanos when the model began to run, by {@link System#nanoTime}
   */
  Telling(Consumer<ToldLosses> told, long startedNanos) {
    this.told = told;
    this.startedNanos = startedNanos;
  }

  /**
   * After one more batch.
   *
   * @param losses all so far
   * @param more tokens of its samples
   */
  void after(List<LossRow> losses, int more) {
    tokens += more;
    if (System.nanoTime() - lastNanos >= EVERY_NANOS) {
      rest(losses);
      lastNanos = System.nanoTime();
    }
  }

  /** Tells what has not been told yet. */
  void rest(List<LossRow> losses) {
    double seconds = Math.max(1e-9, (System.nanoTime() - startedNanos) / 1e9);
    told.accept(
        new ToldLosses(new ArrayList<>(losses.subList(count, losses.size())), tokens / seconds));
    count = losses.size();
  }
}
