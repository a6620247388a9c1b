package dev.assay.score.weights;

import dev.assay.score.Limits;
import dev.assay.score.rules.WeightLimits;

/**
 * One weight as an extrinsic carries it.
 *
 * @param uid whose, 0 to 65535
 * @param weight 1 to 65535
 */
public record UidWeight(int uid, int weight) {
  public UidWeight {
    Limits.between("uid", uid, 0, Limits.MAX_UID);
    Limits.between("weight of uid " + uid, weight, 1, WeightLimits.MAX);
  }
}
