package dev.assay.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.placement.Holdings;
import dev.assay.jobs.placement.Load;
import dev.assay.jobs.placement.Placement;
import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.spark.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ExecutorAllocationClient;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

class FanOutIT {
  private static final AtomicInteger RUNS = new AtomicInteger();

  @TempDir private Path folder;
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

  /** Does what its unit says. */
  private static final class Obedient implements Work<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String run(String unit, TaskContext context) throws Exception {
      switch (unit) {
        case "crash" -> Runtime.getRuntime().halt(134);
        case "abort" -> {
          // As native code does that finds itself broken.
          new ProcessBuilder("kill", "-ABRT", ProcessHandle.current().pid() + "").start();
          Thread.currentThread().join();
        }
        case "allocate" -> {
          for (List<byte[]> held = new ArrayList<>(); ; ) {
            held.add(new byte[1 << 28]);
          }
        }
        case "throw" -> throw new IllegalStateException("as told");
        case "hang" -> {
          while (!context.isInterrupted()) {
            Thread.onSpinWait();
          }
        }
        case "hang natively" -> {
          while (!unit.isEmpty()) {
            Thread.onSpinWait();
          }
        }
        case "tell" -> ProgressPlugin.send("told", 7, "from the executor");
        default -> {
          if (unit.startsWith("/")) {
            Meeting.at(Path.of(unit));
          }
          return unit + " done";
        }
      }
      return unit;
    }
  }

  /** Units that wait for each other: they end once as many have come as the folder's name says. */
  private static final class Meeting {
    static void at(Path place) throws Exception {
      Path folder = place.getParent();
      int wanted = Integer.parseInt(folder.getFileName().toString());
      try (WatchService arrivals = folder.getFileSystem().newWatchService()) {
        folder.register(arrivals, StandardWatchEventKinds.ENTRY_CREATE);
        Files.writeString(place, "");
        while (count(folder) < wanted) {
          WatchKey key = arrivals.take();
          key.pollEvents();
          key.reset();
        }
      }
    }

    private static long count(Path folder) throws Exception {
      try (Stream<Path> there = Files.list(folder)) {
        return there.count();
      }
    }
  }

  /** Fails on one executor, as a device in a bad state does. */
  private record Sick(String executor) implements Work<String, String> {
    @Override
    public String run(String unit, TaskContext context) {
      return SparkEnv.get().executorId().equals(executor) ? "bad" : "good";
    }
  }

  private Map<String, Fate<String>> run(Duration deadline, String... units) throws Exception {
    return run(() -> 4, 2, deadline, units);
  }

  private Map<String, Fate<String>> run(
      IntSupplier inFlight, int attempts, Duration deadline, String... units) throws Exception {
    Map<String, Fate<String>> fates = new ConcurrentHashMap<>();
    new FanOut(
            spark,
            Cluster.of(spark.sc(), 0),
            inFlight,
            attempts,
            Patience.until(deadline),
            0,
            new Quarantine(line -> {}))
        .run(
            "test" + RUNS.incrementAndGet(),
            Waiting.units(units),
            unit -> unit,
            new Obedient(),
            answer -> false,
            fates::put);
    return fates;
  }

  @ParameterizedTest
  @ValueSource(strings = {"abort", "allocate"})
  void aUnitThatKillsItsExecutorsFailsAlone(String killer) throws Exception {
    Map<String, Fate<String>> fates = run(Duration.ofMinutes(4), "a", killer, "b", "c");

    assertThat(fates)
        .containsOnly(
            Map.entry("a", new Fate.Returned<>("a done")),
            Map.entry("b", new Fate.Returned<>("b done")),
            Map.entry("c", new Fate.Returned<>("c done")),
            Map.entry(killer, new Fate.Crashed<>(2)));
  }

  @Test
  void everyAttemptIsHeardWithItsEndAndItsPlace() throws Exception {
    Map<String, List<Ending<String>>> heard = new ConcurrentHashMap<>();
    new FanOut(
            spark,
            Cluster.of(spark.sc(), 0),
            () -> 4,
            2,
            Patience.until(Duration.ofMinutes(4)),
            0,
            new Quarantine(line -> {}))
        .run(
            "test" + RUNS.incrementAndGet(),
            Waiting.units("a", "crash", "throw"),
            unit -> unit,
            new Obedient(),
            answer -> false,
            new Hearer<>() {
              @Override
              public void ended(String unit, Fate<String> fate) {
                // The attempts are what matters here.
              }

              @Override
              public void attempted(String unit, Ending<String> ending) {
                heard.computeIfAbsent(unit, ignored -> new CopyOnWriteArrayList<>()).add(ending);
              }
            });

    assertThat(heard.get("a")).singleElement().extracting(Ending::outcome).isEqualTo("ANSWERED");
    assertThat(heard.get("a").get(0).value()).contains("a done");
    assertThat(heard.get("crash")).extracting(Ending::outcome).containsExactly("LOST", "LOST");
    assertThat(heard.get("crash")).extracting(Ending::number).containsExactly(1, 2);
    assertThat(heard.get("crash"))
        .allMatch(ending -> !ending.executor().isEmpty() && !ending.host().isEmpty())
        .extracting(Ending::executor)
        .doesNotHaveDuplicates();
    assertThat(heard.get("throw"))
        .singleElement()
        .satisfies(ending -> assertThat(ending.outcome()).isEqualTo("THREW"))
        .satisfies(ending -> assertThat(ending.reason()).contains("as told"));
  }

  @Test
  void aUnitThatThrowsFailsAloneAndSaysWhy() throws Exception {
    Map<String, Fate<String>> fates = run(Duration.ofMinutes(4), "a", "throw");

    assertThat(fates).containsEntry("a", new Fate.Returned<>("a done"));
    assertThat(fates.get("throw"))
        .isInstanceOfSatisfying(
            Fate.Failed.class, failed -> assertThat(failed.reason()).contains("as told"));
  }

  @Test
  void aUnitThatHangsIsCancelledAtItsDeadline() throws Exception {
    assertThat(run(Duration.ofSeconds(5), "hang"))
        .containsOnly(Map.entry("hang", new Fate.TimedOut<>(5)));
  }

  /** The shared session's reaper is quicker than a user's: see jobs/pom.xml. */
  @Test
  void aUnitThatHangsInNativeCodeGivesItsSlotBack() throws Exception {
    assertThat(run(Duration.ofSeconds(2), "hang natively"))
        .containsOnly(Map.entry("hang natively", new Fate.TimedOut<>(2)));

    meet(() -> 2);
  }

  /** Ends only if both executors work at the same time. */
  private void meet(IntSupplier inFlight) throws Exception {
    Path place = Files.createDirectories(folder.resolve("meeting" + RUNS.get()).resolve("2"));
    String one = place.resolve("one").toString();
    String other = place.resolve("other").toString();

    assertThat(run(inFlight, 2, Duration.ofMinutes(4), one, other))
        .containsOnly(
            Map.entry(one, new Fate.Returned<>(one + " done")),
            Map.entry(other, new Fate.Returned<>(other + " done")));
  }

  @Test
  void anExecutorThatComesDuringTheRunIsUsed() throws Exception {
    Cluster cluster = Cluster.of(spark.sc(), 0);
    meet(() -> 2);
    scale(1);
    spark
        .sc()
        .killExecutors(
            JavaConverters.asScalaBuffer(List.of(cluster.executors().get(0).id())).toSeq());
    while (cluster.slots() > 1 || cluster.executors().isEmpty()) {
      Thread.onSpinWait();
    }
    AtomicInteger asked = new AtomicInteger();

    meet(
        () -> {
          int slots = cluster.slots();
          if (asked.incrementAndGet() == 2) {
            scale(2);
          }
          return slots;
        });
  }

  private void scale(int executors) {
    spark.sc().requestTotalExecutors(executors, 0, Map$.MODULE$.empty());
  }

  @Test
  void anExecutorThatIsTakenAwayCostsTheUnitNoAttempt() throws Exception {
    Path place = Files.createDirectories(folder.resolve("taken").resolve("2"));
    AtomicInteger taken = new AtomicInteger();
    SparkListener taker =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart start) {
            try {
              if (taken.incrementAndGet() <= 3) {
                ((ExecutorAllocationClient) spark.sc().schedulerBackend())
                    .killExecutors(
                        JavaConverters.asScalaBuffer(List.of(start.taskInfo().executorId()))
                            .toSeq(),
                        false,
                        false,
                        true);
              } else {
                Files.writeString(place.resolve("last"), "");
              }
            } catch (IOException unwritable) {
              throw new UncheckedIOException(unwritable);
            }
          }
        };
    spark.sc().addSparkListener(taker);
    try {
      String unit = place.resolve("unit").toString();

      assertThat(run(() -> 1, 1, Duration.ofMinutes(4), unit))
          .containsOnly(Map.entry(unit, new Fate.Returned<>(unit + " done")));
      assertThat(taken).hasValueGreaterThan(3);
    } finally {
      spark.sc().removeSparkListener(taker);
    }
  }

  @Test
  void aNodeThatFailsWhatOthersCanDoGetsNoMoreAfterTwo() throws Exception {
    meet(() -> 2);
    List<String> told = new CopyOnWriteArrayList<>();
    // All executors here share a host: each stands for a node.
    Cluster cluster = new Cluster(spark.sc(), 0, (executor, host) -> executor, executor -> true);
    String sick = cluster.executors().get(0).id();
    List<String> units = IntStream.range(0, 24).mapToObj(unit -> "unit" + unit).toList();
    Map<String, Fate<String>> fates = new ConcurrentHashMap<>();

    new FanOut(
            spark,
            cluster,
            () -> 1,
            2,
            Patience.until(Duration.ofMinutes(4)),
            0,
            new Quarantine(told::add))
        .run(
            "sick",
            Waiting.units(units.toArray(String[]::new)),
            unit -> unit,
            new Sick(sick),
            "bad"::equals,
            fates::put);

    assertThat(fates)
        .hasSize(24)
        .allSatisfy((unit, fate) -> assertThat(fate).isEqualTo(new Fate.Returned<>("good")));
    assertThat(told)
        .singleElement()
        .asString()
        .matches(
            "node "
                + sick
                + " failed unit\\d+ and unit\\d+, which succeeded elsewhere; it gets no"
                + " more in this evaluation");
  }

  /** Answers with the executor that it runs on. */
  private record Whereabouts() implements Work<String, String> {
    @Override
    public String run(String unit, TaskContext context) {
      return SparkEnv.get().executorId();
    }
  }

  @Test
  void aUnitRunsOnTheNodeThatHoldsItsContent() throws Exception {
    meet(() -> 2);
    Cluster cluster = new Cluster(spark.sc(), 0, (executor, host) -> executor, executor -> true);
    List<String> nodes = cluster.executors().stream().map(Executor::node).toList();
    List<Load<String>> loads = List.of(new Load<>("one", "1", 1), new Load<>("other", "2", 1));
    for (List<String> holders : List.of(nodes, List.of(nodes.get(1), nodes.get(0)))) {
      Map<String, Fate<String>> fates = new ConcurrentHashMap<>();
      Holdings held =
          new Holdings(Map.of(holders.get(0), Set.of("1"), holders.get(1), Set.of("2")));

      new FanOut(
              spark,
              cluster,
              () -> 2,
              2,
              Patience.until(Duration.ofMinutes(4)),
              0,
              new Quarantine(line -> {}))
          .run(
              "home" + RUNS.incrementAndGet(),
              new Placement<>(loads, held),
              unit -> unit,
              new Whereabouts(),
              answer -> false,
              fates::put);

      assertThat(fates)
          .containsEntry("one", new Fate.Returned<>(holders.get(0)))
          .containsEntry("other", new Fate.Returned<>(holders.get(1)));
    }
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
