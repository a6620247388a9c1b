package dev.assay.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.spark.SharedSpark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class FanOutIT {
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

  /** Does what its unit says. */
  private static final class Obedient implements Work<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String run(String unit, TaskContext context) throws Exception {
      switch (unit) {
        case "crash" -> Runtime.getRuntime().halt(134);
        case "throw" -> throw new IllegalStateException("as told");
        case "hang" -> {
          while (!context.isInterrupted()) {
            Thread.onSpinWait();
          }
        }
        case "tell" -> ProgressPlugin.send("told", 7, "from the executor");
        default -> {
          return unit + " done";
        }
      }
      return unit;
    }
  }

  private Map<String, Fate<String>> run(Duration deadline, String... units) throws Exception {
    Map<String, Fate<String>> fates = new ConcurrentHashMap<>();
    new FanOut(spark, 4, 2, deadline, 0)
        .run("test" + units.length, List.of(units), unit -> unit, new Obedient(), fates::put);
    return fates;
  }

  @Test
  void aUnitThatKillsItsExecutorsFailsAlone() throws Exception {
    Map<String, Fate<String>> fates = run(Duration.ofMinutes(4), "a", "crash", "b", "c");

    assertThat(fates)
        .containsOnly(
            Map.entry("a", new Fate.Returned<>("a done")),
            Map.entry("b", new Fate.Returned<>("b done")),
            Map.entry("c", new Fate.Returned<>("c done")),
            Map.entry("crash", new Fate.Crashed<>(2)));
  }

  @Test
  void aUnitThatThrowsFailsAloneAndSaysWhy() throws Exception {
    Map<String, Fate<String>> fates = run(Duration.ofMinutes(4), "a", "throw");

    assertThat(fates).containsEntry("a", new Fate.Returned<>("a done"));
    assertThat(fates.get("throw")).isEqualTo(new Fate.Crashed<>(2));
  }

  @Test
  void aUnitThatHangsIsCancelledAtItsDeadline() throws Exception {
    assertThat(run(Duration.ofSeconds(5), "hang"))
        .containsOnly(Map.entry("hang", new Fate.TimedOut<>(5)));
  }

  @Test
  void executorsTellTheDriverHowFarTheyAre() throws Exception {
    Set<Object> told = ConcurrentHashMap.newKeySet();
    ProgressPlugin.listen("told", message -> told.add(message.body()));
    try {
      run(Duration.ofMinutes(4), "tell");
      // A message is one way and unordered; the job's end does not wait for it.
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (told.isEmpty() && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    } finally {
      ProgressPlugin.forget("told");
    }

    assertThat(told).containsOnly("from the executor");
  }
}
