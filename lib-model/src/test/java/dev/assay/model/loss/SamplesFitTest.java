package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointBuilder;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.text.EncodedSample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesFitTest {
  @TempDir Path directory;

  /** The builder's Llama has 260 words. */
  @Test
  void onlyIdsThatASampleHoldsNeedAnEmbedding() throws Exception {
    CheckpointBuilder.write(directory, CheckpointBuilder.llama());
    Checkpoint checkpoint = Checkpoint.open(directory, CheckpointLimits.defaults());

    assertThatCode(() -> SamplesFit.require(checkpoint, samples(259))).doesNotThrowAnyException();
    assertThatCode(() -> SamplesFit.require(checkpoint, List.of())).doesNotThrowAnyException();
    assertThatThrownBy(() -> SamplesFit.require(checkpoint, samples(260)))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e ->
                org.assertj.core.api.Assertions.assertThat(e.rejection())
                    .isEqualTo(Rejection.VOCABULARY_TOO_SMALL))
        .hasMessageContaining("260");
  }

  private static List<EncodedSample> samples(int id) {
    return List.of(new EncodedSample(new int[] {1, 2}, 1), new EncodedSample(new int[] {id, 3}, 1));
  }
}
