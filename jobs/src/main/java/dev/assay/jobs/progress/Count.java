package dev.assay.jobs.progress;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a driver has counted since it started, for Spark's metrics. Dashboards rest on the names,
 * which are these in small letters: they stay as they are.
 */
public enum Count {
  /** Models that executors were to look at; a second visit counts again. */
  MODELS_ORDERED,
  /** Those of them whose checkpoint a node had already. */
  MODELS_HELD,
  /** Those that have come to an end, so that the difference waits or runs. */
  MODELS_ENDED,
  /** Models all of whose losses were known, which cost no executor. */
  MODELS_KNOWN,
  /** Attempts that have ended, whatever they came to. */
  ATTEMPTS,
  /** Those that their executor's death ended. */
  ATTEMPTS_LOST,
  /** Those that were past their deadline. */
  ATTEMPTS_LATE,
  /** Those that told losses and then nothing for too long. */
  ATTEMPTS_SILENT,
  /** Those that broke on the executor. */
  ATTEMPTS_THREW,
  /** Those that the model itself is to blame for. */
  ATTEMPTS_BLAME_MINER,
  /** Those that our own side, a hub or a node is to blame for. */
  ATTEMPTS_BLAME_INFRASTRUCTURE,
  /** Those that it can't be told of. */
  ATTEMPTS_BLAME_UNKNOWN,
  /** Milliseconds from the driver's orders to the executors' beginning. */
  QUEUED_MS,
  /** Milliseconds until executors had the files. */
  DOWNLOAD_MS,
  /** Milliseconds in which models were loaded. */
  LOAD_MS,
  /** Milliseconds in which losses were computed. */
  RUN_MS,
  /** Milliseconds of loading and computing on GPUs, within the two before. */
  GPU_MS,
  /** Bytes of checkpoints, downloaded or found on the node. */
  BYTES,
  /** Counted tokens of the losses that were computed. */
  TOKENS,
  /** Commits of losses. */
  COMMITS,
  /** Milliseconds that they took, tries that failed among them. */
  COMMIT_MS;

  private static final Map<Count, Counter> COUNTERS =
      Stream.of(values()).collect(Collectors.toMap(count -> count, count -> new Counter()));

  /** Adds to what has been counted. */
  public void add(long more) {
    COUNTERS.get(this).inc(more);
  }

  /** What has been counted by now. */
  public long sum() {
    return COUNTERS.get(this).getCount();
  }

  static void registerAll(MetricRegistry registry) {
    COUNTERS.forEach(
        (count, counter) -> registry.register(count.name().toLowerCase(Locale.ROOT), counter));
  }
}
