package dev.assay.model.train;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.text.EncodedSample;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What a checkpoint that lies in a folder loses on samples. */
final class CheckpointLosses {
  private CheckpointLosses() {}

  static Path fixture(String family) throws Exception {
    return Path.of(
        Objects.requireNonNull(LossModel.class.getResource("families/" + family)).toURI());
  }

  static Checkpoint open(Path directory) throws Exception {
    return Checkpoint.open(directory, CheckpointLimits.defaults());
  }

  static double meanLoss(Path directory, List<EncodedSample> samples) throws Exception {
    return meanLoss(directory, samples, Precision.F32);
  }

  static double meanLoss(Path directory, List<EncodedSample> samples, Precision precision)
      throws Exception {
    try (LossModel model = LossModel.load(open(directory), LossOptions.cpu(precision, 1))) {
      return samples.stream()
          .mapToDouble(sample -> model.loss(sample).mean())
          .average()
          .orElseThrow();
    }
  }
}
