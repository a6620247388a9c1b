package dev.assay.jobs.fanout;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * The one task of a unit's job. Once the unit has lost its allotted executors the next attempt
 * doesn't touch it and returns nothing, so that the job succeeds and says so.
 */
final class GuardedTask<U extends Serializable, R extends Serializable>
    implements Function<U, List<R>> {
  private static final long serialVersionUID = 1L;

  private final Work<U, R> work;
  private final int attempts;

  GuardedTask(Work<U, R> work, int attempts) {
    this.work = work;
    this.attempts = attempts;
  }

  @Override
  public List<R> call(U unit) throws Exception {
    TaskContext context = TaskContext.get();
    return context.attemptNumber() >= attempts ? List.of() : List.of(work.run(unit, context));
  }
}
