package dev.assay.jobs.fanout;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * The one task of a unit's job. Spark takes a location for a wish, so the task itself declines
 * where the unit is not to run.
 */
final class PlacedTask<U extends Serializable, R extends Serializable>
    implements Function<U, Answer<R>> {
  private static final long serialVersionUID = 1L;

  private final Work<U, R> work;
  private final Placing placing;
  private final ArrayList<U> following;

  PlacedTask(Work<U, R> work, Placing placing, List<U> following) {
    this.work = work;
    this.placing = placing;
    this.following = new ArrayList<>(following);
  }

  @Override
  public Answer<R> call(U unit) throws Exception {
    SparkEnv here = SparkEnv.get();
    String node = here.blockManager().blockManagerId().host();
    R value =
        placing.declines(node, here.executorId())
            ? null
            : work.run(unit, following, TaskContext.get());
    return new Answer<>(value, node, here.executorId());
  }
}
