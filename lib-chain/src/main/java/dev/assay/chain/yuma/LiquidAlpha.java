package dev.assay.chain.yuma;

import java.util.function.IntToLongFunction;

/**
 * How fast a bond follows a weight when the subnet lets that depend on the distance from consensus.
 *
 * @param low the slowest rate, a u16 share of 65535 (storage {@code AlphaValues.0})
 * @param high the fastest rate, a u16 share of 65535, at least {@code low} (storage {@code
 *     AlphaValues.1})
 * @param sigmoidSteepness an i16, 100 times the sigmoid's slope (storage {@code
 *     AlphaSigmoidSteepness})
 */
public record LiquidAlpha(int low, int high, int sigmoidSteepness) {
  public LiquidAlpha {
    if (low < 0 || high > 0xffff || low > high) {
      throw new IllegalArgumentException(
          "Liquid alpha runs from "
              + low
              + " to "
              + high
              + "; both are u16 and the first is not greater.");
    }
    if (sigmoidSteepness != (short) sigmoidSteepness) {
      throw new IllegalArgumentException(
          "The sigmoid's steepness is " + sigmoidSteepness + "; an i16 is -32768 to 32767.");
    }
  }

  /** The rates of one validator's bonds, by column. */
  IntToLongFunction rates(SparseMatrix weights, SparseMatrix bonds, int row, long[] consensus) {
    Sigmoid sigmoid = sigmoid();
    long[] weight = inOrder(weights, row);
    long[] bond = inOrder(bonds, row);
    return column -> sigmoid.rate(consensus[column], weight[column], bond[column]);
  }

  Sigmoid sigmoid() {
    return new Sigmoid(
        I32F32.ofU16Proportion(low),
        I32F32.ofU16Proportion(high),
        I32F32.divide(I32F32.of(sigmoidSteepness), I32F32.of(-100)));
  }

  /** The same parameters in I32F32. */
  record Sigmoid(long lowest, long highest, long slope) {
    /**
     * The rate of one validator's bond to one miner, in I32F32 (run_epoch.rs, {@code
     * alpha_sigmoid}): lowest + sigmoid·(highest − lowest), where the sigmoid takes how far the
     * weight is above consensus when buying, and how far below the bond when selling.
     */
    long rate(long consensus, long weight, long bond) {
      long distance =
          weight >= bond ? I32F32.subtract(weight, consensus) : I32F32.subtract(bond, weight);
      long clamped = I32F32.clamp(distance, I32F32.ZERO, I32F32.ONE);
      long exponent = I32F32.multiply(slope, I32F32.subtract(clamped, I32F32.HALF));
      long sigmoid = I32F32.divide(I32F32.ONE, I32F32.add(I32F32.ONE, Exponential.exp(exponent)));
      long rate = I32F32.add(lowest, I32F32.multiply(sigmoid, I32F32.subtract(highest, lowest)));
      return I32F32.clamp(rate, lowest, highest);
    }
  }

  /**
   * A row as the pallet reads it to choose the rates (run_epoch.rs, {@code
   * compute_liquid_alpha_values_sparse}): one pass over ascending columns, so a cell that stands
   * behind one of a higher column counts as zero.
   */
  private static long[] inOrder(SparseMatrix matrix, int row) {
    int[] columns = matrix.columns(row);
    long[] read = new long[matrix.size()];
    int highest = -1;
    for (int k = 0; k < columns.length; k++) {
      if (columns[k] > highest) {
        highest = columns[k];
        read[highest] = matrix.values(row)[k];
      }
    }
    return read;
  }
}
