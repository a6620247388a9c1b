package dev.assay.jobs.config;

/**
 * Where Spark runs if the application was not submitted to a cluster.
 *
 * @param master a Spark master; empty means spark-submit's, else a local-cluster on this machine
 * @param executors executors of the local-cluster
 * @param coresPerExecutor task slots of each
 * @param executorMemoryMb heap of each, MiB
 * @param ui whether the driver serves Spark's web page
 */
public record SparkSettings(
    String master, int executors, int coresPerExecutor, int executorMemoryMb, boolean ui) {
  public SparkSettings {
    master = master == null ? "" : master.strip();
    Require.within("spark.executors", executors, 1, 1024);
    Require.within("spark.cores_per_executor", coresPerExecutor, 1, 1024);
    // Spark itself refuses executors of less than 1.5 times its reserved 300 MB.
    Require.atLeast("spark.executor_memory_mb", executorMemoryMb, 471);
  }
}
