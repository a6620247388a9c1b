package dev.assay.model.train;

/**
 * Low-rank adapters (Hu et al., LoRA): beside every linear weight W of a layer, B A of a small rank
 * is trained, and W + (alpha / rank) B A is written.
 *
 * @param rank of each adapter; at least 1
 * @param alpha over the rank, the adapters' weight
 */
public record Adapters(int rank, double alpha) {
  public Adapters {
    if (rank < 1) {
      throw new IllegalArgumentException("rank is " + rank + "; it must be at least 1");
    }
  }

  double scale() {
    return alpha / rank;
  }
}
