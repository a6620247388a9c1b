package dev.assay.model.checkpoint;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The attention of a decoder.
 *
 * @param scale what scores are multiplied by before the softmax
 * @param softCap cap of the scores (cap · tanh(score / cap)), where there is one
 * @param inputBias whether query, key and value projections have a bias
 * @param outputBias whether the output projection has a bias
 * @param queryKeyNorm whether queries and keys are normalised
 * @param windows one a layer: how many positions it looks back, itself included; 0 means all
 */
public record Attention(
    int heads,
    int keyValueHeads,
    int headSize,
    double scale,
    OptionalDouble softCap,
    boolean inputBias,
    boolean outputBias,
    boolean queryKeyNorm,
    List<Integer> windows) {
  public Attention {
    windows = List.copyOf(windows);
  }

  /** Rows of the query projection. */
  public int querySize() {
    return heads * headSize;
  }

  /** Rows of the key and of the value projection. */
  public int keyValueSize() {
    return keyValueHeads * headSize;
  }
}
