package dev.assay.model.architecture;

/**
 * What a model computes for one token of a sample, from its configuration alone. A small file can
 * ask for much: heads may be many times wider than the hidden size.
 *
 * @param flops floating-point operations of the matrix products (of a mixture with all of its
 *     experts, since tokens that a router sends apart fill up blocks of their own, experts.py) and
 *     of attention to {@code tokens} earlier positions, or as many as a layer's window has
 * @param bytes of F32 activations that the widest layer holds at once
 */
public record Computation(long flops, long bytes) {

  /**
   * Of the longest sample's last token.
   *
   * @param tokens of the longest sample
   */
  public static Computation of(ModelConfig config, int tokens) {
    long head = (long) config.vocabularySize() * config.hiddenSize();
    int experts = config.experts().map(Experts::count).orElse(0);
    return new Computation(
        2 * (products(config, experts) + head) + attention(config, tokens), activations(config));
  }

  /**
   * Multiplications of one token with the weights of all layers; of a layer's experts, with those
   * that a token takes.
   */
  public static long layerProducts(ModelConfig config) {
    return products(config, config.experts().map(Experts::active).orElse(0));
  }

  private static long products(ModelConfig config, int expertsOfToken) {
    int count = config.experts().map(Experts::count).orElse(0);
    long products = 0;
    long ofExperts = 0;
    for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
      boolean isNorm = tensor.part() == Part.QUERY_NORM || tensor.part() == Part.KEY_NORM;
      if (tensor.layer() < 0 || tensor.shape().size() < 2 || isNorm) {
        continue;
      }
      long elements = tensor.shape().get(0) * tensor.shape().get(1);
      if (tensor.expert() >= 0 && tensor.expert() < count) {
        ofExperts += elements;
      } else {
        products += elements;
      }
    }
    return count == 0 ? products : products + ofExperts / count * expertsOfToken;
  }

  /** Scores and the sum of values: two products a head, each of its size. */
  private static long attention(ModelConfig config, int tokens) {
    long positions = 0;
    for (int window : config.attention().windows()) {
      positions += window > 0 ? Math.min(window, tokens) : tokens;
    }
    return 4L * config.attention().querySize() * positions;
  }

  /** Queries, keys and values, rotated and rearranged; or gate, up and their product. */
  private static long activations(ModelConfig config) {
    Attention attention = config.attention();
    long heads = 5L * attention.querySize() + 2L * attention.keyValueSize();
    long inner = 3L * config.largestInnerSize();
    // Rows as they lie in an expert's blocks, what comes out of it, and the sum over experts.
    long hidden = config.experts().isPresent() ? 5 : 2;
    return Float.BYTES * (hidden * config.hiddenSize() + Math.max(heads, inner));
  }
}
