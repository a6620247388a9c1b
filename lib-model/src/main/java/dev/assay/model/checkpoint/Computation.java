package dev.assay.model.checkpoint;

/**
 * What a model computes for one token of a sample, from its configuration alone. A small file can
 * ask for much: heads may be many times wider than the hidden size.
 *
 * @param flops floating-point operations of the matrix products and of attention to {@code tokens}
 *     earlier positions, or as many as a layer's window has
 * @param bytes of F32 activations that the widest layer holds at once
 */
public record Computation(long flops, long bytes) {

  /**
   * Of the longest sample's last token.
   *
   * @param tokens of the longest sample
   */
  public static Computation of(ModelConfig config, int tokens) {
    long products = 0;
    for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
      boolean looksUp = tensor.part() == Part.EMBEDDING || tensor.part() == Part.POSITION_EMBEDDING;
      boolean tiedHead = tensor.part() == Part.HEAD && !tensor.required();
      if (tensor.shape().size() == 2 && !looksUp && !tiedHead) {
        products += tensor.shape().get(0) * tensor.shape().get(1);
      }
    }
    if (config.tiedEmbeddings()) {
      products += (long) config.vocabularySize() * config.hiddenSize();
    }
    return new Computation(2 * products + attention(config, tokens), activations(config));
  }

  /** Scores and the sum of values: two products a head, each of its size. */
  private static long attention(ModelConfig config, int tokens) {
    long positions = 0;
    for (int window : config.attention().windows()) {
      positions += window > 0 ? Math.min(window, tokens) : tokens;
    }
    return 4L * config.attention().querySize() * positions;
  }

  /** Queries, keys and values, rotated and laid out anew; or gate, up and their product. */
  private static long activations(ModelConfig config) {
    Attention attention = config.attention();
    long heads = 5L * attention.querySize() + 2L * attention.keyValueSize();
    long inner = 3L * config.intermediateSize();
    return Float.BYTES * (2L * config.hiddenSize() + Math.max(heads, inner));
  }
}
