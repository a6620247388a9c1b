package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.recorded.RecordedCheck;
import dev.assay.jobs.recorded.RecordedFolder;
import dev.assay.jobs.recorded.RecordedFormat;
import dev.assay.jobs.recorded.RecordedManifest;
import dev.assay.jobs.recorded.RecordedSnapshots;
import dev.assay.jobs.recorded.Recording;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An export that is killed, or that finds no room, before any of its durable steps leaves no
 * snapshot or a whole one, and run again ends as one that was left alone.
 */
class DisturbedRecordingTest {
  private static final List<FeedSample> SAMPLES = RecordedSnapshots.samples(1, 3);

  @TempDir private Path folder;

  private interface Disturbance {
    void at(int step, KilledRun.Run run);
  }

  private Optional<RecordedManifest> export(Path out) {
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      return Recording.of(
          warehouse,
          RecordedSnapshots.NETUID,
          1,
          Long.MAX_VALUE,
          100,
          RecordedFormat.PARQUET,
          RecordedFolder.at(out.toString()),
          RecordedSnapshots.RECORDER);
    }
  }

  private void endsAlike(String name, Disturbance disturbance) throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    RecordedManifest expected =
        RecordedSnapshots.record(
            folder, RecordedFormat.PARQUET, SAMPLES, RecordedFolder.at(undisturbed.toString()));
    // The second export of a folder deletes as well.
    int steps = KilledRun.steps(() -> export(undisturbed));
    for (int step = 1; step <= steps; step++) {
      Path own = folder.resolve(name + step);
      export(own);
      disturbance.at(step, () -> export(own));
      if (Files.exists(own.resolve("manifest.txt"))) {
        assertThat(RecordedCheck.of(RecordedFolder.at(own.toString())).faults())
            .as("before step %d", step)
            .isEmpty();
      }
      assertThat(export(own)).contains(expected);
      assertThat(RecordedCheck.of(RecordedFolder.at(own.toString())).faults()).isEmpty();
      try (var files = Files.list(own)) {
        assertThat(files).hasSize(3);
      }
    }
    assertThat(steps).isGreaterThan(5);
  }

  @Test
  void anExportThatIsKilledEndsAsIfItHadNotBeen() throws Exception {
    endsAlike("killed", (step, run) -> assertThat(KilledRun.before(step, run)).isNotEmpty());
  }

  @Test
  void anExportThatFindsNoRoomIsMadeOnceThereIs() throws Exception {
    endsAlike(
        "full",
        (step, run) ->
            assertThat(FullSteps.failure(step, run).map(FullDisk::explains).orElse(true)).isTrue());
  }
}
