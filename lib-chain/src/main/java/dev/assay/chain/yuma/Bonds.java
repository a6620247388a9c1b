package dev.assay.chain.yuma;

import java.util.Arrays;
import java.util.Optional;

/**
 * What validators hold of servers after an epoch, and the dividends that pays (run_epoch.rs, {@code
 * epoch_mechanism}, the section on bonds).
 */
final class Bonds {
  /** The bonds in [0, 1] to store. */
  final SparseMatrix stored;

  /** Shares by uid that sum to about 1 or are all zero. */
  final long[] dividends;

  private Bonds(SparseMatrix stored, long[] dividends) {
    this.stored = stored;
    this.dividends = dividends;
  }

  /**
   * @param weights the weights cut towards consensus by the bonds penalty
   * @param consensus the consensus weight of each neuron
   * @param incentive the share of each neuron as a server
   */
  static Bonds after(
      YumaInput input,
      SparseMatrix weights,
      long[] activeStake,
      long[] consensus,
      long[] incentive) {
    return input.parameters().yuma3()
        ? yuma3(input, weights, activeStake, consensus, incentive)
        : yuma2(input, weights, activeStake, incentive);
  }

  /**
   * Bonds are shares of a column; a validator buys more of it in proportion to weight and stake.
   */
  private static Bonds yuma2(
      YumaInput input, SparseMatrix weights, long[] activeStake, long[] incentive) {
    SparseMatrix old = old(input, false).normalizeColumns();
    SparseMatrix bought = weights.scaleRows(activeStake).normalizeColumns();
    long rate = MovingAverage.fixedRate(input.parameters().bondsMovingAverage());
    SparseMatrix bonds = MovingAverage.follow(bought, old, rate).normalizeColumns();
    return new Bonds(
        bonds.upscaleColumns(), FixedVector.normalize(bonds.weightedRowSums(incentive)));
  }

  /**
   * Bonds follow each validator's weights on their own; stake counts only when dividends are paid.
   */
  private static Bonds yuma3(
      YumaInput input,
      SparseMatrix weights,
      long[] activeStake,
      long[] consensus,
      long[] incentive) {
    SparseMatrix bonds = followed(input.parameters(), weights, old(input, true), consensus);
    long[] earned = bonds.normalizeColumns().weightedRowSums(incentive);
    return new Bonds(bonds, FixedVector.normalize(FixedVector.multiply(earned, activeStake)));
  }

  /**
   * One rate for all, or one for each cell once there is a consensus ({@code
   * compute_bonds_sparse}).
   */
  private static SparseMatrix followed(
      YumaParameters parameters, SparseMatrix weights, SparseMatrix old, long[] consensus) {
    Optional<LiquidAlpha> alpha = parameters.liquidAlpha();
    boolean anyConsensus = Arrays.stream(consensus).anyMatch(value -> value != 0);
    if (alpha.isPresent() && anyConsensus) {
      return MovingAverage.follow(
          weights, old, row -> alpha.get().rates(weights, old, row, consensus));
    }
    return MovingAverage.follow(
        weights, old, MovingAverage.fixedRate(parameters.bondsMovingAverage()));
  }

  /** The stored bonds, except those to a neuron that registered since the last epoch. */
  private static SparseMatrix old(YumaInput input, boolean asShares) {
    long lastEpoch = lastEpoch(input);
    return SparseMatrix.ofRows(
            input.neurons().stream().map(YumaNeuron::bonds).toList(),
            asShares ? I32F32::ofU16Proportion : I32F32::of)
        .filter((row, column) -> lastEpoch > input.neurons().get(column).registeredAt());
  }

  private static long lastEpoch(YumaInput input) {
    return input.lastStepBlock() == 0
        ? Math.max(0, input.block() - input.parameters().tempo())
        : Math.incrementExact(input.lastStepBlock());
  }
}
