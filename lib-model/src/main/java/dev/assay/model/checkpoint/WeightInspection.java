package dev.assay.model.checkpoint;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Reads every tensor once: for NaN and infinity, and for the norms of the projections. */
final class WeightInspection {
  private WeightInspection() {}

  static void run(Checkpoint checkpoint, NormLimits limits)
      throws RejectedCheckpointException, IOException {
    Map<String, ExpectedTensor> expected = new HashMap<>();
    for (ExpectedTensor tensor : checkpoint.expectedTensors()) {
      expected.put(tensor.name(), tensor);
    }
    ProjectionNorms norms = new ProjectionNorms(limits);
    WeightScan scan = new WeightScan();
    for (Path shard : checkpoint.shards()) {
      try (FileChannel channel = FileChannel.open(shard, StandardOpenOption.READ)) {
        for (TensorEntry tensor : checkpoint.tensors().values()) {
          if (tensor.file().equals(shard)) {
            double norm = scan.norm(channel, tensor);
            ExpectedTensor known = expected.get(tensor.name());
            if (!known.bias()) {
              norms.accept(known.part(), known.name(), norm);
            }
          }
        }
      }
    }
    norms.requireFewExceeding();
  }
}
