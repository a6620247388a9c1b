package dev.assay.model.loss;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.causal.DecoderOptions;
import dev.assay.model.causal.Layout;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.TensorEntry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The memory that losses of a checkpoint need, in bytes, computed from its headers alone.
 *
 * @param weights of the model in the precision it runs in, and the files they are made of
 * @param working activations and logits of the longest sample, or of the largest batch
 */
public record MemoryEstimate(long weights, long working) {
  private static final double GIB = 1L << 30;

  /** Rows of the residual stream and of its norms that exist at once. */
  private static final long HIDDEN_COPIES = 8;

  /** The same within a mixture: rows in an expert's blocks, its output, the sum over experts. */
  private static final long MIXTURE_COPIES = 4;

  /** Queries whose scores exist at once (attention.py). */
  private static final long CPU_SCORE_ROWS = 128;

  private static final long GPU_SCORE_ROWS = 512;

  /** Estimates what the options ask for: samples of their length, one by one or in batches. */
  public static MemoryEstimate of(Checkpoint checkpoint, LossOptions options) {
    long tokens = options.tokensAtOnce();
    ModelConfig config = checkpoint.config();
    long bytes = options.precision().bytes();
    long heads = config.attention().heads();
    long projected = 3L * config.attention().querySize() + 4L * config.attention().keyValueSize();
    long copies = HIDDEN_COPIES + (config.experts().isPresent() ? MIXTURE_COPIES : 0);
    long row = copies * config.hiddenSize() + 2 * projected + 3L * config.largestInnerSize();
    // Logits of a block of words in the model's precision, as f32, and capped.
    long words = Math.min(config.vocabularySize(), DecoderOptions.WORDS);
    long logits = tokens * words * (bytes + 2 * Float.BYTES);
    long queries = options.gpu() < 0 ? CPU_SCORE_ROWS : GPU_SCORE_ROWS;
    long scores = 3 * queries * tokens * heads * Float.BYTES;
    return new MemoryEstimate(
        weights(checkpoint, options), tokens * row * Float.BYTES + Math.max(logits, scores));
  }

  /**
   * On a CPU weights that lie as in the files keep all of them resident. Otherwise a layer's part
   * of the files is resident while its weights are made of them, in the precision of the model
   * first and then laid out anew; and what belongs to no layer is ever after, because embeddings
   * are looked up there.
   */
  private static long weights(Checkpoint checkpoint, LossOptions options) {
    long bytes = options.precision().bytes();
    long made = checkpoint.parameters() * bytes;
    if (options.gpu() >= 0) {
      return made;
    }
    long all = 0;
    long rest = 0;
    Map<Integer, Long> layers = new HashMap<>();
    for (ExpectedTensor expected :
        checkpoint.config().family().expectedTensors(checkpoint.config())) {
      TensorEntry tensor = checkpoint.tensors().get(expected.name());
      if (tensor == null) {
        continue;
      }
      all += tensor.length();
      if (expected.layer() < 0) {
        rest += tensor.length();
      } else {
        layers.merge(expected.layer(), tensor.length() + tensor.elements() * bytes, Long::sum);
      }
    }
    if (options.layout() == Layout.PLAIN) {
      return all + made;
    }
    long layer = layers.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return rest + layer + made;
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
