package dev.assay.score.rules;

import dev.assay.score.Limits;

/**
 * What the chain accepts of a weight vector (the subnet's hyperparameters).
 *
 * @param maxWeight the most that one weight may be of the sum, in 1/65535 (MaxWeightsLimit), 1 to
 *     65535; 65535 is not a limit
 * @param minCount the fewest weights above 0 (MinAllowedWeights), 0 to 65535
 */
public record WeightLimits(int maxWeight, int minCount) {
  /** A weight is a u16 on the chain. */
  public static final int MAX = 65_535;

  /** No limit. */
  public static final WeightLimits NONE = new WeightLimits(MAX, 0);

  public WeightLimits {
    Limits.between("max_weight", maxWeight, 1, MAX);
    Limits.between("min_count", minCount, 0, MAX);
  }
}
