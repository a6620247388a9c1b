package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.EncodedSample;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One model in one file, and in the five shards that transformers made of it. */
class ShardedLossTest {
  private static final EncodedSample SAMPLE =
      new EncodedSample(IntStream.range(0, 40).map(i -> i * 37 % 96).toArray(), 5);

  @ParameterizedTest
  @EnumSource(Precision.class)
  void shardsGiveTheLossesOfOneFile(Precision precision) throws Exception {
    Checkpoint sharded = checkpoint("llama-shards");

    assertThat(sharded.shards()).hasSize(5);
    assertThat(losses(sharded, precision)).containsExactly(losses(checkpoint("llama"), precision));
  }

  private static float[] losses(Checkpoint checkpoint, Precision precision) {
    try (LossModel model = LossModel.load(checkpoint, LossOptions.cpu(precision, 1))) {
      return model.tokenLosses(SAMPLE);
    }
  }

  private static Checkpoint checkpoint(String name) throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(LossModel.class.getResource("families/" + name)).toURI());
    return Checkpoint.open(folder, CheckpointLimits.defaults());
  }
}
