package dev.assay.model.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The original's check of a model's norms (NousResearch/finetuning-subnet, model/model_updater.py),
 * over every tensor for NaN and infinity, and over the projections it looks at for their norms.
 * Fused projections, which the original does not know, are kinds of their own.
 */
final class WeightInspection {
  private static final Set<Part> LIMITED =
      Set.of(
          Part.QUERY,
          Part.KEY,
          Part.VALUE,
          Part.QUERY_KEY_VALUE,
          Part.OUTPUT,
          Part.UP,
          Part.GATE_UP,
          Part.DOWN);

  private final NormLimits limits;
  private final Map<Part, Integer> counted = new EnumMap<>(Part.class);
  private final Map<Part, Integer> exceeding = new EnumMap<>(Part.class);

  private WeightInspection(NormLimits limits) {
    this.limits = limits;
  }

  static void run(Checkpoint checkpoint, NormLimits limits)
      throws RejectedCheckpointException, IOException {
    Map<String, ExpectedTensor> expected = new HashMap<>();
    for (ExpectedTensor tensor : checkpoint.expectedTensors()) {
      expected.put(tensor.name(), tensor);
    }
    WeightInspection inspection = new WeightInspection(limits);
    WeightScan scan = new WeightScan();
    for (Path shard : checkpoint.shards()) {
      try (FileChannel channel = FileChannel.open(shard, StandardOpenOption.READ)) {
        for (TensorEntry tensor : checkpoint.tensors().values()) {
          if (tensor.file().equals(shard)) {
            inspection.accept(expected.get(tensor.name()), scan.norm(channel, tensor));
          }
        }
      }
    }
    inspection.requireFewExceeding();
  }

  private void accept(ExpectedTensor tensor, double norm) throws RejectedCheckpointException {
    if (tensor.bias() || !LIMITED.contains(tensor.part())) {
      return;
    }
    // Written so that NaN would fail, which the original's comparison lets pass.
    if (!(norm <= limits.hard())) {
      throw RejectedCheckpointException.because(
          Rejection.NORM_TOO_LARGE,
          "the norm of %s is %.1f; the limit is %.1f",
          tensor.name(),
          norm,
          limits.hard());
    }
    counted.merge(tensor.part(), 1, Integer::sum);
    exceeding.merge(tensor.part(), norm <= limits.soft() ? 0 : 1, Integer::sum);
  }

  private void requireFewExceeding() throws RejectedCheckpointException {
    double share =
        counted.keySet().stream()
            .mapToDouble(part -> (double) exceeding.get(part) / counted.get(part))
            .average()
            .orElse(0);
    if (!(share <= limits.softShare())) {
      throw RejectedCheckpointException.because(
          Rejection.NORM_TOO_LARGE,
          "%.1f %% of the projections have a norm above %.1f; the limit is %.1f %%",
          100 * share,
          limits.soft(),
          100 * limits.softShare());
    }
  }
}
