package dev.assay.jobs.judge;

import java.io.Serializable;

/**
 * What one model cost.
 *
 * @param attempt executors tried, from 1
 * @param bytes downloaded or found in the cache
 * @param executor id of Spark's executor
 * @param device cpu or the GPU's address
 */
public record Cost(
    int attempt,
    long bytes,
    long downloadMs,
    long loadMs,
    long runMs,
    String executor,
    String device)
    implements Serializable {
  /** Of a model that never reached an executor. */
  public static final Cost NONE = new Cost(0, 0, 0, 0, 0, "", "");

  /** Of this and an earlier visit to an executor; the last one is named. */
  Cost after(Cost earlier) {
    return new Cost(
        attempt + earlier.attempt,
        Math.max(bytes, earlier.bytes),
        downloadMs + earlier.downloadMs,
        loadMs + earlier.loadMs,
        runMs + earlier.runMs,
        executor.isEmpty() ? earlier.executor : executor,
        device.isEmpty() ? earlier.device : device);
  }
}
