package dev.assay.jobs.config;

import dev.assay.score.Limits;

/**
 * Where Spark runs if the application was not submitted to a cluster.
 *
 * @param master a Spark master; empty means spark-submit's, else a local-cluster on this machine
 * @param executors executors of the local-cluster
 * @param coresPerExecutor task slots of each
 * @param executorMemory heap of each, whole MiB
 * @param ui whether the driver serves Spark's web page
 */
public record SparkSettings(
    String master, int executors, int coresPerExecutor, DataSize executorMemory, boolean ui) {
  private static final long MEBIBYTE = 1L << 20;

  /** Spark itself refuses executors of less than 1.5 times its reserved 300 MB. */
  private static final DataSize LEAST_HEAP = new DataSize(471 * MEBIBYTE);

  private static final DataSize MOST_HEAP = new DataSize(Integer.MAX_VALUE * MEBIBYTE);

  public SparkSettings {
    master = master == null ? "" : master.strip();
    Limits.all(
        () -> Require.within("spark.executors", executors, 1, 1024),
        () -> Require.within("spark.cores_per_executor", coresPerExecutor, 1, 1024),
        () -> requireHeap(executorMemory));
  }

  private static void requireHeap(DataSize memory) {
    Require.within("spark.executor_memory", memory, LEAST_HEAP, MOST_HEAP);
    if (memory.bytes() % MEBIBYTE != 0) {
      throw new IllegalArgumentException(
          "spark.executor_memory is " + Measures.text(memory) + "; a whole number of MiB");
    }
  }

  /** As Spark's own settings count it. */
  public long executorMebibytes() {
    return executorMemory.bytes() / MEBIBYTE;
  }
}
