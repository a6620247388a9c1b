package dev.assay.model.loss;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.text.EncodedSample;
import java.util.Arrays;
import java.util.Collection;

/**
 * Whether a model can take samples: their ids and their positions. Ids that only the tokenizer has
 * count for nothing; Gemma 3's has one more than its models have embeddings.
 */
public final class SamplesFit {
  private SamplesFit() {}

  /** Refuses a model that has no embedding for an id, or no position for a token, of a sample. */
  public static void require(Checkpoint checkpoint, Collection<EncodedSample> samples)
      throws RejectedCheckpointException {
    int largest = -1;
    int positions = 0;
    for (EncodedSample sample : samples) {
      largest = Math.max(largest, Arrays.stream(sample.ids()).max().orElse(-1));
      // The last token is only predicted.
      positions = Math.max(positions, sample.length() - 1);
    }
    int vocabulary = checkpoint.config().vocabularySize();
    if (largest >= vocabulary) {
      throw new RejectedCheckpointException(
          Rejection.VOCABULARY_TOO_SMALL,
          "a sample has the token id %d; config.json has vocab_size %d: the tokenizer is not the model's"
              .formatted(largest, vocabulary));
    }
    checkpoint.requireServes(largest + 1, positions);
  }
}
