package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.jobs.evaluate.EvaluateKills;
import dev.assay.jobs.snapshot.SnapshotKills;
import dev.assay.jobs.submit.SubmitKills;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A warehouse whose disk is full: nothing is completed, it is said where there is no room, and once
 * there is, the same command ends as if nothing had been.
 */
class FullDiskIT {
  @TempDir private Path folder;

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
    assumeTrue(SmallDisk.isAllowed(), "a process may not mount a disk of its own here");
    Path disturbed = Files.createDirectory(folder.resolve("disturbed"));
    scenario.prepare(disturbed, 1);

    String fate = SmallDisk.fate(scenario.name(), disturbed, room);

    assertThat(fate)
        .startsWith("NotReadyException: ")
        .contains("tables takes nothing more; make room there");
    assertThat(scenario.attempt(disturbed)).isTrue();
    String outcome = scenario.outcome(disturbed);
    Path other = Files.createDirectory(folder.resolve("undisturbed"));
    scenario.prepare(other, 2);
    assertThat(scenario.attempt(other)).isTrue();
    assertThat(outcome).isEqualTo(scenario.outcome(other));
  }
}
