package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.evaluate.EvaluateKills;
import dev.assay.jobs.snapshot.SnapshotKills;
import dev.assay.jobs.submit.SubmitKills;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A warehouse whose disk is full: nothing is completed, it is said where there is no room, and once
 * there is, the same command ends as if nothing had been.
 */
@Tag("long")
class FullDiskIT {
  @TempDir private Path folder;
  private int cases;

  @Test
  void aSnapshotThatFindsNoRoomIsTakenOnceThereIs() throws Exception {
    try (KillScenario snapshot = SnapshotKills.start()) {
      isUndisturbed(snapshot, 96);
    }
  }

  @Test
  void anEvaluationThatFindsNoRoomCompletesOnceThereIs() throws Exception {
    try (KillScenario evaluate =
        EvaluateKills.start(Files.createDirectory(folder.resolve("hub")))) {
      isUndisturbed(evaluate, 160);
    }
  }

  @Test
  void weightsThatFindNoRoomAreSetOnceThereIs() throws Exception {
    try (KillScenario submit = SubmitKills.plain()) {
      isUndisturbed(submit, 40);
    }
  }

  private void isUndisturbed(KillScenario scenario, int room) throws Exception {
    Path undisturbed = next(scenario);
    int steps = KilledRun.steps(() -> assertThat(scenario.attempt(undisturbed)).isTrue());
    String outcome = scenario.outcome(undisturbed);

    // A disk that fills up by itself where a process may mount one, and anywhere one that is full
    // from the first step or a later one on.
    if (SmallDisk.isAllowed()) {
      Path disturbed = next(scenario);
      assertThat(SmallDisk.fate(scenario.name(), disturbed, room))
          .startsWith("NotReadyException: ")
          .contains("tables takes nothing more; make room there");
      endsWith(outcome, scenario, disturbed);
    }
    for (int step : new int[] {1, 1 + steps / 2}) {
      Path disturbed = next(scenario);
      Optional<Exception> failure = FullSteps.failure(step, () -> scenario.attempt(disturbed));
      // Whatever is left to do after a step may be deletions alone, but never after the first.
      assertThat(failure.isPresent() || step > 1).as("step %s of %s", step, steps).isTrue();
      assertThat(failure.map(FullDisk::explains).orElse(true)).as("%s", failure).isTrue();
      endsWith(outcome, scenario, disturbed);
    }
  }

  private Path next(KillScenario scenario) throws Exception {
    Path own = Files.createDirectory(folder.resolve("case" + ++cases));
    scenario.prepare(own, cases);
    return own;
  }

  private static void endsWith(String outcome, KillScenario scenario, Path disturbed)
      throws Exception {
    assertThat(scenario.attempt(disturbed)).isTrue();
    assertThat(scenario.outcome(disturbed)).isEqualTo(outcome);
  }
}
