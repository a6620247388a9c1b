package dev.assay.jobs.judge;

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
  /** Refuses content to which no miner of the unit committed. */
  void requireCommitted(ModelUnit unit, String directoryHash) {
    boolean committed =
        unit.claims().isEmpty()
            || unit.claims().stream().anyMatch(claim -> claim.matches(directoryHash));
    if (!committed) {
      throw new FaultException(unit.claims().get(0).mismatch(directoryHash));
    }
  }

  /** The checkpoint of a folder, once it has passed. */
  Checkpoint pass(ModelRules rules, Path folder) throws IOException, RejectedCheckpointException {
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
    SamplesFit.require(checkpoint, samples.all());
    checkpoint.inspect(rules.norms());
    return checkpoint;
  }

  private static FaultException rejected(String reason) {
    return new FaultException(Fault.of(Verdict.REJECTED_CHECKPOINT, reason));
  }
}
