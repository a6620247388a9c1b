package dev.assay.jobs.judge;

import dev.assay.jobs.nodes.Device;
import dev.assay.jobs.work.CheckpointListing;
import dev.assay.jobs.work.ModelRules;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Takes a folder of this machine, as if it had been fetched, through the stages that an executor
 * takes a committed model through.
 */
public final class FolderJudge {
  private static final Duration NO_HURRY = Duration.ofDays(1);
  private static final DownloadLimits ANY =
      new DownloadLimits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, NO_HURRY);
  private static final RepositoryId NAME = new RepositoryId("this", "folder");
  private static final Revision REVISION = new Revision("0".repeat(40));

  private FolderJudge() {}

  /**
   * Judges; what is wrong with the model is a finding, never an exception.
   *
   * @param folder a checkpoint's
   * @param threads of one operation
   * @param told called with losses as they come
   * @throws IOException if the folder can't be read
   */
  public static ModelFinding judge(
      Path folder, ModelRules rules, Task task, int threads, Consumer<ToldLosses> told)
      throws IOException, InterruptedException {
    CheckpointSource source = CheckpointSource.folder(folder);
    CheckpointListing listing = new CheckpointListing(source.fetch(NAME, REVISION, ANY).files());
    ModelUnit unit =
        new ModelUnit(
            "check",
            0,
            NAME.namespace(),
            NAME.name(),
            REVISION.hex(),
            listing.digest(),
            new ArrayList<>(),
            rules,
            listing.bytes(),
            false);
    Judge judge =
        new Judge(
            source,
            Path.of(System.getProperty("java.io.tmpdir")),
            Optional.empty(),
            () -> {},
            new Device(OptionalInt.empty(), threads),
            new TimeLimit(System.nanoTime(), NO_HURRY, () -> false),
            told);
    return judge.judge(unit, task, 1, "this process");
  }
}
