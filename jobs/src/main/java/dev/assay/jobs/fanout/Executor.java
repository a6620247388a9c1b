package dev.assay.jobs.fanout;

/**
 * A live executor.
 *
 * @param id Spark's
 * @param host that it runs on
 * @param node by which failures are counted: the host
 * @param slots tasks that it runs at once
 */
public record Executor(String id, String host, String node, int slots) {
  /** As Spark's schedulers name a location. */
  String location() {
    return "executor_" + host + "_" + id;
  }
}
