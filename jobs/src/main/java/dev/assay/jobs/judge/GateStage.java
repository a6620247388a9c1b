package dev.assay.jobs.judge;

import dev.assay.jobs.TextDigest;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelRules;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.loss.SamplesFit;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.score.entry.Verdict;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The second stage: whether what came is what was committed, and a model that its competition
 * admits. Nothing of it is loaded yet.
 */
record GateStage(EncodedSamples samples) {
  /** Of the checks below: what passed or failed under another version is checked again. */
  private static final int VERSION = 1;

  /** Names all that a checkpoint is checked against, apart from the window's samples. */
  String name(ModelRules rules) {
    return TextDigest.of("gate %d %d %s".formatted(VERSION, samples.sequenceLength(), rules));
  }

  /** Refuses content to which no miner of the unit committed. */
  void requireCommitted(ModelUnit unit, String directoryHash) {
    boolean committed =
        unit.claims().isEmpty()
            || unit.claims().stream().anyMatch(claim -> claim.matches(directoryHash));
    if (!committed) {
      throw new FaultException(unit.claims().get(0).mismatch(directoryHash));
    }
  }

  /** The checkpoint of a folder, once its configuration and headers have passed. */
  Checkpoint open(ModelRules rules, Path folder) throws IOException, RejectedCheckpointException {
    Checkpoint checkpoint = Checkpoint.open(folder, rules.checkpoint());
    String family = checkpoint.config().family().modelType();
    if (!rules.families().contains(family)) {
      throw rejected(
          "the model is of type " + family + "; the competition admits " + rules.families());
    }
    if (checkpoint.parameters() < rules.minParameters()) {
      throw rejected(
          "the checkpoint has %d parameters; at least %d"
              .formatted(checkpoint.parameters(), rules.minParameters()));
    }
    rules.computation().require(checkpoint.config(), samples.sequenceLength());
    return checkpoint;
  }

  /** Refuses a checkpoint that can't take this window's samples. */
  void requireFit(Checkpoint checkpoint) throws RejectedCheckpointException {
    SamplesFit.require(checkpoint, samples.all());
  }

  private static FaultException rejected(String reason) {
    return new FaultException(Fault.of(Verdict.REJECTED_CHECKPOINT, reason));
  }
}
