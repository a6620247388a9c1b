package dev.assay.jobs.fanout;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;

/** What an executor does with one unit; runs on any number of executors, one after another. */
public interface Work<U extends Serializable, R extends Serializable> extends Serializable {
  /**
   * Does it.
   *
   * @param context of the task: its attempt, its resources, and whether it was cancelled
   */
  R run(U unit, TaskContext context) throws Exception;

  /**
   * Does it, and may prepare what comes after it.
   *
   * @param following that are likely to be next on this executor's slot; others may take them
   */
  default R run(U unit, List<U> following, TaskContext context) throws Exception {
    return run(unit, context);
  }
}
