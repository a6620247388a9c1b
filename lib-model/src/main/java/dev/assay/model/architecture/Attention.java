package dev.assay.model.architecture;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The attention of a decoder.
 *
 * @param scale what scores are multiplied by before the softmax
 * @param softCap cap of the scores (cap · tanh(score / cap)), where there is one
 * @param clip largest magnitude of queries, keys and values, where there is one
 * @param inputBias whether query, key and value projections have a bias
 * @param outputBias whether the output projection has a bias
 * @param queryKeyNorm how queries and keys are normalised
 * @param windows one per layer: how many positions it looks back, itself included; 0 means all
 * @param rotated one per layer: whether its queries and keys rotate, if the model's do
 */
public record Attention(
    int heads,
    int keyValueHeads,
    int headSize,
    double scale,
    OptionalDouble softCap,
    OptionalDouble clip,
    boolean inputBias,
    boolean outputBias,
    HeadNorm queryKeyNorm,
    List<Integer> windows,
    List<Boolean> rotated) {
  public Attention {
    windows = List.copyOf(windows);
    rotated = List.copyOf(rotated);
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
