package dev.assay.jobs.judge;

import dev.assay.jobs.nodes.Device;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.SampleLoss;
import dev.assay.score.statistics.Pursuit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The third stage: the losses that are not known yet, told as they come.
 *
 * @param pursuit what the losses end by before the last sample
 * @param told called now and then with losses that have come since
 */
record LossStage(
    Task.Losses task,
    Optional<Pursuit> pursuit,
    Device device,
    TimeLimit limit,
    Consumer<ToldLosses> told) {
  void compute(Checkpoint checkpoint, Dossier dossier) throws InterruptedException {
    EncodedSamples samples = task.samples();
    Optional<String> complete =
        task.known().complete(dossier.digest(), samples.count(), pursuit, device::isAsGood);
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
    Optional<Pursuit.Course> course = pursuit.map(Pursuit::begin);
    boolean goesOn = true;
    for (int index = 0; goesOn && index < samples.count(); index++) {
      Optional<Double> known = task.known().mean(dossier.digest(), model.kernel(), index);
      double mean;
      if (known.isPresent()) {
        mean = known.get();
      } else {
        limit.require(losses.size(), samples.count());
        SampleLoss loss = model.loss(samples.sample(index));
        LossRow row = samples.row(index, dossier.digest(), model.kernel(), loss);
        losses.add(row);
        telling.after(losses, samples.length(index));
        mean = row.mean();
      }
      goesOn = course.isEmpty() || !course.get().isLostAfter(mean);
    }
    telling.rest(losses);
  }
}
