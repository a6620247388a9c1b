package dev.assay.jobs.judge;

import dev.assay.jobs.work.CheckpointListing;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.jobs.work.Origin;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.Snapshot;
import dev.assay.score.entry.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The first stage: brings what the driver saw listed onto this node. */
record FetchStage(CheckpointSource checkpoints, Duration limit) {
  private static final int MOST_FILES = 256;

  Snapshot fetch(ModelUnit unit) throws IOException, InterruptedException {
    long most = unit.rules().maxBytes();
    Snapshot snapshot =
        checkpoints.fetch(
            unit.repository(), unit.commit(), new DownloadLimits(most, most, MOST_FILES, limit));
    // A folder is listed by nobody.
    boolean listed = !unit.listing().isEmpty();
    if (listed && !new CheckpointListing(snapshot.files()).digest().equals(unit.listing())) {
      throw new FaultException(
          Fault.of(
              Verdict.UNAVAILABLE,
              Origin.REPOSITORY,
              "the hub lists other files to this executor than to the driver"));
    }
    return snapshot;
  }

  /**
   * Forgets what has been spoilt on this node's disk.
   *
   * @return whether anything was, so that the unit is to be fetched again
   */
  boolean discardSpoilt(Snapshot snapshot) throws IOException {
    List<HubFile> spoilt = snapshot.spoilt();
    checkpoints.discard(snapshot, spoilt);
    return !spoilt.isEmpty();
  }
}
