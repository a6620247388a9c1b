package dev.assay.jobs.judge;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.SampleLoss;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The third stage: the losses that are not known yet, told as they come.
 *
 * @param told called now and then with losses that have come since
 */
record LossStage(Task.Losses task, Device device, TimeLimit limit, Consumer<ToldLosses> told) {
  void compute(Checkpoint checkpoint, Dossier dossier) throws InterruptedException {
    EncodedSamples samples = task.samples();
    Optional<String> complete =
        task.known().complete(dossier.digest(), samples.count(), device::isAsGood);
    if (complete.isPresent()) {
      dossier.computedBy(complete.get());
      return;
    }
    long loading = System.nanoTime();
    try (LossModel model =
        LossModel.load(
            checkpoint,
            device.options(samples.precision()).ofSequences(samples.sequenceLength()))) {
      dossier.computedBy(model.kernel());
      dossier.loaded(loading);
      long running = System.nanoTime();
      computeAll(model, dossier, new Telling(told, running));
      dossier.ran(running);
    }
  }

  private void computeAll(LossModel model, Dossier dossier, Telling telling)
      throws InterruptedException {
    EncodedSamples samples = task.samples();
    List<LossRow> losses = dossier.losses();
    for (int index = 0; index < samples.count(); index++) {
      if (task.known().has(dossier.digest(), model.kernel(), index)) {
        continue;
      }
      limit.require(losses.size(), samples.count());
      SampleLoss loss = model.loss(samples.sample(index));
      losses.add(samples.row(index, dossier.digest(), model.kernel(), loss));
      telling.after(losses, samples.length(index));
    }
    telling.rest(losses);
  }
}
