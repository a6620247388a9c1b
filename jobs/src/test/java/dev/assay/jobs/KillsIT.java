package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.evaluate.EvaluateKills;
import dev.assay.jobs.snapshot.SnapshotKills;
import dev.assay.jobs.submit.SubmitKills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A validator that is killed before its durable steps and run again ends as one that nobody has
 * killed. Every case is one kill, or two: the second hits the run that takes up what the first has
 * left. {@code .ci/long kills} runs them by the hundred; here are a few.
 */
@Tag("long")
class KillsIT {
  private static final int SEED = Integer.getInteger("assay.kills.seed", 1);
  private static final int COUNT = Integer.getInteger("assay.kills.count", 4);
  private static final int PROCESSES = Integer.getInteger("assay.kills.processes", 1);
  private static final String LOG = System.getProperty("assay.kills.out", "");

  /** Names of the only cases to run, between commas, as in a log: {@code kill 3,process 2}. */
  private static final String ONLY = System.getProperty("assay.kills.only", "");

  /** Apart from the numbers of kills in process, whose weights these must not repeat. */
  private static final int FIRST_PROCESS = 30_000;

  /** Runs that wait for the chain end well before. */
  private static final int MOST_ATTEMPTS = 16;

  @TempDir private Path folder;

  /** One place to die. */
  private record Place(KillScenario scenario, int step) {}

  private final Map<KillScenario, String> undisturbed = new HashMap<>();
  private final List<String> failures = new ArrayList<>();

  @Test
  void whateverIsKilledEndsAsIfItHadNotBeen() throws Exception {
    try (KillScenario snapshot = SnapshotKills.start();
        KillScenario evaluate = EvaluateKills.start(Files.createDirectory(folder.resolve("hub")));
        KillScenario submit = SubmitKills.plain();
        KillScenario hidden = SubmitKills.hidden()) {
      List<KillScenario> scenarios = List.of(snapshot, evaluate, submit, hidden);
      List<Place> places = places(scenarios);
      Random random = new Random(SEED);
      Collections.shuffle(places, random);
      for (int number = 1; number <= COUNT; number++) {
        Place place = places.get((number - 1) % places.size());
        int second = random.nextInt(3) == 0 ? 1 + random.nextInt(place.step()) : 0;
        int own = number;
        record("kill " + number, place, () -> inProcess(own, place, second));
      }
      for (int number = 1; number <= PROCESSES; number++) {
        KillScenario scenario = scenarios.get(number % scenarios.size());
        List<Place> fitting =
            places.stream().filter(place -> place.scenario().equals(scenario)).toList();
        Place place = fitting.get(random.nextInt(fitting.size()));
        int own = FIRST_PROCESS + number;
        record("process " + number, place, () -> ofItsOwn(own, place));
      }
    }

    assertThat(failures).isEmpty();
  }

  /** Every place where an undisturbed run might have died; what it leaves is the measure. */
  private List<Place> places(List<KillScenario> scenarios) throws Exception {
    List<Place> places = new ArrayList<>();
    for (KillScenario scenario : scenarios) {
      Path own = next(0, scenario);
      int steps = KilledRun.steps(() -> finish(scenario, own));
      undisturbed.put(scenario, scenario.outcome(own));
      System.out.println(
          "%s takes %d durable steps and leaves %s"
              .formatted(scenario.name(), steps, undisturbed.get(scenario)));
      delete(own);
      // The last one comes after the last step: the whole run is done and is run again.
      for (int step = 1; step <= steps + 1; step++) {
        places.add(new Place(scenario, step));
      }
    }
    return places;
  }

  private Path next(int number, KillScenario scenario) throws Exception {
    Path own = Files.createDirectory(folder.resolve("case" + number));
    scenario.prepare(own, number);
    return own;
  }

  private static void finish(KillScenario scenario, Path own) throws Exception {
    for (int attempt = 1; !scenario.attempt(own); attempt++) {
      if (attempt == MOST_ATTEMPTS) {
        throw new IllegalStateException("not done after " + attempt + " runs");
      }
      scenario.pass(own);
    }
  }

  private interface Case {
    /** What became of it, in words; empty if all is as it should be. */
    String run() throws Exception;
  }

  private void record(String name, Place place, Case body) throws IOException {
    String line =
        "seed %d %s: %s before step %d"
            .formatted(SEED, name, place.scenario().name(), place.step());
    if (isLogged(line) || (!ONLY.isEmpty() && !List.of(ONLY.split(",")).contains(name))) {
      return;
    }
    long start = System.nanoTime();
    String fate;
    try {
      fate = body.run();
    } catch (Exception failed) {
      fate = "FAILED " + failed;
    }
    String whole =
        "%s: %s (%.1f s)"
            .formatted(
                line, fate.lines().findFirst().orElse(""), (System.nanoTime() - start) / 1e9);
    if (fate.startsWith("FAILED")) {
      failures.add(whole);
    }
    System.out.println(whole);
    if (!LOG.isEmpty()) {
      Files.writeString(
          Path.of(LOG), whole + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static boolean isLogged(String line) throws IOException {
    if (LOG.isEmpty() || !Files.exists(Path.of(LOG))) {
      return false;
    }
    return Files.readAllLines(Path.of(LOG)).stream()
        .anyMatch(known -> known.startsWith(line + ": ok"));
  }

  private String inProcess(int number, Place place, int second) throws Exception {
    Path own = next(number, place.scenario());
    String first = KilledRun.before(place.step(), () -> finish(place.scenario(), own));
    String again = second == 0 ? "" : KilledRun.before(second, () -> finish(place.scenario(), own));
    return judged(place.scenario(), own, first + (again.isEmpty() ? "" : ", then " + again));
  }

  private String ofItsOwn(int number, Place place) throws Exception {
    Path own = next(number, place.scenario());
    boolean killed = KilledProcess.before(place.step(), place.scenario().name(), own);
    return judged(place.scenario(), own, killed ? "SIGKILL" : "");
  }

  private String judged(KillScenario scenario, Path own, String reached) throws Exception {
    finish(scenario, own);
    String outcome = scenario.outcome(own);
    String expected = undisturbed.get(scenario);
    if (!outcome.equals(expected)) {
      return "FAILED with " + outcome + " instead of " + expected + " after " + reached;
    }
    delete(own);
    return "ok, " + (reached.isEmpty() ? "it ended before" : reached.replace(own.toString(), ""));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
