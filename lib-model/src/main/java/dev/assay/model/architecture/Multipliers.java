package dev.assay.model.architecture;

/**
 * What a family multiplies its activations by; 1 is nothing.
 *
 * @param embedding of the embeddings
 * @param residual of what a block adds to its input
 * @param logits of the logits
 */
public record Multipliers(double embedding, double residual, double logits) {
  public static final Multipliers NONE = new Multipliers(1, 1, 1);

  /** Only the embeddings are multiplied. */
  public static Multipliers ofEmbeddings(double embedding) {
    return new Multipliers(embedding, 1, 1);
  }
}
