package dev.assay.chain.yuma;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of one weight an epoch counts.
 *
 * @param uid the weight's target
 * @param weight the weight as the epoch counts it, a u16 share of 65535 of its row
 * @param kept what consensus leaves of it, a u16 share of 65535; less than {@code weight} where the
 *     weight is above what a majority of the stake supports
 */
public record Clipping(int uid, int weight, int kept) {

  /** By uid, the weights of a neuron that count, in stored order; none without a permit. */
  public static List<List<Clipping>> of(YumaInput input) {
    Standing standing = new Standing(input);
    SparseMatrix weights = CountedWeights.of(input, standing.permits);
    long[] consensus =
        WeightedMedian.ofColumns(
            standing.activeStake, weights, I32F32.ofU16Proportion(input.parameters().kappa()));
    List<List<Clipping>> rows = new ArrayList<>();
    for (int uid = 0; uid < weights.size(); uid++) {
      int[] columns = weights.columns(uid);
      long[] values = weights.values(uid);
      List<Clipping> row = new ArrayList<>();
      for (int k = 0; k < columns.length; k++) {
        long kept = Math.min(values[k], consensus[columns[k]]);
        row.add(
            new Clipping(
                columns[k], I32F32.toU16Proportion(values[k]), I32F32.toU16Proportion(kept)));
      }
      rows.add(List.copyOf(row));
    }
    return List.copyOf(rows);
  }
}
