package dev.assay.model.checkpoint;

import dev.assay.model.architecture.Computation;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.util.Locale;

/**
 * The most that a model may compute for one token.
 *
 * @param flops floating-point operations, as {@link Computation} counts them
 * @param bytes of activations
 */
public record ComputationLimits(long flops, long bytes) {
  public ComputationLimits {
    if (flops < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "limits of computation are " + flops + " and " + bytes + "; they must be positive");
    }
  }

  /**
   * Twice what the weights of the largest model that {@link CheckpointLimits} lets through ask for,
   * and five times the activations of Llama 3 8B.
   */
  public static ComputationLimits defaults() {
    return new ComputationLimits(4 * CheckpointLimits.defaults().parameters(), 1 << 20);
  }

  /** Refuses a model that computes more than that for a token of a sample of so many. */
  public void require(ModelConfig config, int tokens) throws RejectedCheckpointException {
    Computation computation = Computation.of(config, tokens);
    if (computation.flops() > flops) {
      throw excess(computation.flops(), "floating-point operations", tokens, flops);
    }
    if (computation.bytes() > bytes) {
      throw excess(computation.bytes(), "bytes of activations", tokens, bytes);
    }
  }

  private static RejectedCheckpointException excess(
      long amount, String of, int tokens, long limit) {
    return new RejectedCheckpointException(
        Rejection.TOO_MUCH_COMPUTATION,
        String.format(
            Locale.ROOT,
            "the model needs %,d %s a token of a sample of %,d; the limit is %,d",
            amount,
            of,
            tokens,
            limit));
  }
}
