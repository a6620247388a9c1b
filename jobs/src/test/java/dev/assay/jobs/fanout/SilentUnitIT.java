package dev.assay.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.spark.SharedSpark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** A unit that is heard of for a while, and then hangs in native code. */
class SilentUnitIT {
  private static final String SILENT = "silent";
  private static final Duration LONGER_THAN_ANY_TEST = Duration.ofMinutes(10);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
  private final Map<String, Fate<String>> fates = new ConcurrentHashMap<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final AtomicReference<Consumer<Duration>> goesOn = new AtomicReference<>(step -> {});

  private static final class TellsAndHangs implements Work<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String run(String unit, TaskContext context) throws Exception {
      for (int time = 0; unit.equals(SILENT); time++) {
        // Until Spark's listeners have certainly heard that the task has started.
        if (time < 75) {
          ProgressPlugin.send(SILENT, 7, "from the executor");
          Thread.sleep(20);
        }
      }
      return unit + " done";
    }
  }

  private final class Ears implements Hearer<String, String> {
    @Override
    public void begun(String unit, Consumer<Duration> heard) {
      goesOn.set(heard);
    }

    @Override
    public void attempted(String unit, Ending<String> ending) {
      ends.add(ending.outcome());
    }

    @Override
    public void ended(String unit, Fate<String> fate) {
      fates.put(unit, fate);
    }
  }

  /** Both executors hang on it, one after the other, and both are there again for the next. */
  @Test
  void itGivesItsSlotBackLongBeforeItsDeadline() throws Exception {
    ProgressPlugin.listen(SILENT, message -> goesOn.get().accept(Duration.ofMillis(20)));
    try {
      new FanOut(
              spark,
              Cluster.of(spark.sc(), 0),
              () -> 1,
              2,
              new Patience(LONGER_THAN_ANY_TEST, Duration.ofSeconds(2)),
              0,
              new Quarantine(line -> {}))
          .run(
              "silent-unit",
              Waiting.units(SILENT, "next"),
              unit -> unit,
              new TellsAndHangs(),
              answer -> false,
              new Ears());
    } finally {
      ProgressPlugin.forget(SILENT);
    }

    assertThat(ends).containsExactly("SILENT", "SILENT", "ANSWERED");
    assertThat(fates)
        .containsOnly(
            Map.entry(SILENT, new Fate.Crashed<>(2)),
            Map.entry("next", new Fate.Returned<>("next done")));
  }
}
