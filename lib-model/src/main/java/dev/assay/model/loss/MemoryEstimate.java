package dev.assay.model.loss;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.ModelConfig;
import java.util.Locale;

/**
 * The memory that losses of a checkpoint need, in bytes, computed from its headers alone.
 *
 * @param weights of the model in the precision it runs in
 * @param working activations and logits of the longest sample
 */
public record MemoryEstimate(long weights, long working) {
  private static final double GIB = 1L << 30;

  /** Rows of the residual stream and of its norms that exist at once. */
  private static final long HIDDEN_COPIES = 8;

  /** Queries whose scores exist at once where the fused kernel is not used (attention.py). */
  private static final long SCORE_ROWS = 128;

  /**
   * Estimates one sample at a time.
   *
   * @param tokens of the longest sample
   */
  public static MemoryEstimate of(Checkpoint checkpoint, LossOptions options, int tokens) {
    ModelConfig config = checkpoint.config();
    long bytes = options.precision().bytes();
    long heads = config.attention().heads();
    long projected = 3L * config.attention().querySize() + 4L * config.attention().keyValueSize();
    long row = HIDDEN_COPIES * config.hiddenSize() + 2 * projected + 3L * config.intermediateSize();
    // Logits in the model's precision, as f32, and their soft maximum.
    long logits = options.chunkRows(config) * (bytes + 8) * config.vocabularySize();
    boolean capped = config.attention().softCap().isPresent();
    long blocks =
        capped || options.precision() == Precision.BF16
            ? 3 * SCORE_ROWS * tokens * heads * Float.BYTES
            : 0;
    boolean windowed = config.attention().windows().stream().anyMatch(window -> window > 0);
    long mask = windowed && !capped ? (1 + Float.BYTES) * (long) tokens * tokens : 0;
    return new MemoryEstimate(
        checkpoint.parameters() * bytes,
        tokens * row * Float.BYTES + Math.max(logits, blocks + mask));
  }

  /** Both together. */
  public long total() {
    return weights + working;
  }

  /**
   * Refuses what does not fit.
   *
   * @throws InsufficientMemoryException with both figures
   */
  void requireAtMost(long available, String device) {
    if (total() > available) {
      throw new InsufficientMemoryException(
          String.format(
              Locale.ROOT,
              "the model needs %.2f GiB (weights %.2f, working memory %.2f) and %s has %.2f GiB"
                  + " free; run it in bf16, or where there is more",
              total() / GIB,
              weights / GIB,
              working / GIB,
              device,
              available / GIB));
    }
  }
}
