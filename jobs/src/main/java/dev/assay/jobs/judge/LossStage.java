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
 * The third stage: the losses that are not known yet, told as they come. A batch of which one loss
 * is not known is computed whole, since that decides the last bits.
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
    try (LossModel model = LossModel.load(checkpoint, device.options(samples))) {
      dossier.computedBy(model.kernel());
      dossier.loaded(loading);
      long running = System.nanoTime();
      computeAll(model, dossier, new Telling(told, running));
      dossier.ran(running);
    }
  }

  private void computeAll(LossModel model, Dossier dossier, Telling telling)
      throws InterruptedException {
    int count = task.samples().count();
    Optional<Pursuit.Course> course = pursuit.map(Pursuit::begin);
    Double[] means = new Double[count];
    int next = 0;
    boolean goesOn = true;
    for (List<Integer> batch : model.batches(task.samples().all())) {
      if (!goesOn) {
        break;
      }
      for (int index : batch) {
        means[index] = task.known().mean(dossier.digest(), model.kernel(), index).orElse(null);
      }
      if (batch.stream().anyMatch(index -> means[index] == null)) {
        limit.require(dossier.losses().size(), count);
        compute(batch, model, dossier, means);
        telling.after(dossier.losses(), tokens(batch));
      }
      for (; goesOn && next < count && means[next] != null; next++) {
        goesOn = course.isEmpty() || !course.get().isLostAfter(means[next]);
      }
    }
    telling.rest(dossier.losses());
  }

  private void compute(List<Integer> batch, LossModel model, Dossier dossier, Double[] means) {
    EncodedSamples samples = task.samples();
    List<SampleLoss> losses = model.batch(batch.stream().map(samples::sample).toList());
    for (int i = 0; i < batch.size(); i++) {
      int index = batch.get(i);
      LossRow row = samples.row(index, dossier.digest(), model.kernel(), losses.get(i));
      if (means[index] == null) {
        dossier.losses().add(row);
        means[index] = row.mean();
      }
    }
  }

  private int tokens(List<Integer> batch) {
    return batch.stream().mapToInt(task.samples()::length).sum();
  }
}
