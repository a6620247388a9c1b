package dev.assay.chain.yuma;

import java.util.ArrayList;
import java.util.List;

/**
 * One epoch of Yuma consensus (run_epoch.rs, {@code epoch_mechanism}): a pure function, equal to
 * the pallet's bit for bit.
 */
public final class Yuma {
  private Yuma() {}

  /**
   * Turns stake, weights and old bonds into incentive, dividends, emission, permits and new bonds.
   *
   * @return what becomes of each neuron, by uid
   */
  public static List<EpochTerms> epoch(YumaInput input) {
    YumaParameters parameters = input.parameters();
    Standing standing = new Standing(input);
    SparseMatrix weights = CountedWeights.of(input, standing.permits);

    long[] consensus =
        WeightedMedian.ofColumns(
            standing.activeStake, weights, I32F32.ofU16Proportion(parameters.kappa()));
    SparseMatrix clipped = weights.clipColumns(consensus);
    long[] validatorTrust = clipped.rowSums();
    long[] incentive = FixedVector.normalize(clipped.weightedColumnSums(standing.activeStake));

    SparseMatrix weightsForBonds =
        weights.interpolate(clipped, I32F32.ofU16Proportion(parameters.bondsPenalty()));
    Bonds bonds = Bonds.after(input, weightsForBonds, standing.activeStake, consensus, incentive);
    EmissionShares shares = EmissionShares.of(incentive, bonds.dividends, standing);

    int[] stakeWeightU16 = FixedVector.toU16Proportions(standing.stake);
    int[] consensusU16 = FixedVector.toU16Proportions(consensus);
    int[] incentiveU16 = FixedVector.toU16Proportions(incentive);
    int[] dividendsU16 = FixedVector.toU16Proportions(bonds.dividends);
    int[] validatorTrustU16 = FixedVector.toU16Proportions(validatorTrust);
    long[] server = EmissionShares.amounts(shares.server, input.emission());
    long[] validator = EmissionShares.amounts(shares.validator, input.emission());
    long[] combined = EmissionShares.amounts(shares.combined, input.emission());

    List<EpochTerms> terms = new ArrayList<>();
    for (int uid = 0; uid < input.neurons().size(); uid++) {
      terms.add(
          new EpochTerms(
              standing.active[uid],
              stakeWeightU16[uid],
              consensusU16[uid],
              incentiveU16[uid],
              dividendsU16[uid],
              validatorTrustU16[uid],
              server[uid],
              validator[uid],
              combined[uid],
              standing.newPermits[uid],
              standing.newPermits[uid] ? stored(bonds.stored, uid) : List.of()));
    }
    return List.copyOf(terms);
  }

  private static List<UidValue> stored(SparseMatrix bonds, int uid) {
    int[] columns = bonds.columns(uid);
    long[] values = bonds.values(uid);
    List<UidValue> row = new ArrayList<>();
    for (int k = 0; k < columns.length; k++) {
      row.add(new UidValue(columns[k], I32F32.toU16Proportion(values[k])));
    }
    return row;
  }
}
