package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path directory;

  @Test
  void describesALlama() throws Exception {
    CheckpointBuilder.write(directory, CheckpointBuilder.llama());

    Checkpoint checkpoint = Checkpoint.open(directory, CheckpointLimits.defaults());

    assertThat(checkpoint.config().family()).isEqualTo(Family.LLAMA);
    assertThat(checkpoint.tensors()).hasSize(2 * 9 + 3);
    assertThat(checkpoint.parameters())
        .isEqualTo(2 * 260 * 16 + 16 + 2 * (16 * 16 * 2 + 2 * 8 * 16 + 3 * 16 * 32 + 32));
    assertThat(checkpoint.digest()).matches("[0-9a-f]{64}");
  }
}
