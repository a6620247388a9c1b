package dev.assay.jobs.fanout;

import java.io.Serializable;
import org.apache.spark.TaskContext;

/** What an executor does with one unit; runs on any number of executors, one after another. */
public interface Work<U extends Serializable, R extends Serializable> extends Serializable {
  /**
   * Does it.
   *
   * @param context of the task: its attempt, its resources, and whether it was cancelled
   */
  R run(U unit, TaskContext context) throws Exception;
}
